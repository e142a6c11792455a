using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Muse.Sessions.Export;

/// <summary>Markdown from strangers as HTML: no HTML of its own, no picture, and only links that may be followed.</summary>
internal static class HtmlMarkdown
{
    /// <summary>Longer texts are shown as they were written: what they would cost to read is not bounded.</summary>
    private const int Longest = 200_000;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    public static string Of(string text)
    {
        if (text.Length <= Longest)
        {
            try
            {
                return Render(text);
            }
            catch (ArgumentException)
            {
                // Nested deeper than the parser goes.
            }
        }

        return $"<pre>{HtmlExport.Escape(text)}</pre>";
    }

    private static string Render(string text)
    {
        var document = Markdown.Parse(text, Pipeline);
        foreach (var block in document.Descendants())
        {
            // The document's own headings stand above; names that a text gives to its code are of no use here.
            if (block is HeadingBlock heading)
            {
                heading.Level = Math.Min(6, heading.Level + 2);
            }
            else if (block is FencedCodeBlock code)
            {
                code.SetAttributes(new HtmlAttributes());
            }
        }

        using var writer = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<LinkInlineRenderer>(new Links());
        renderer.ObjectRenderers.Replace<AutolinkInlineRenderer>(new Autolinks());
        renderer.Render(document);
        return writer.ToString();
    }

    private static bool MayFollow(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto" && url!.StartsWith(uri.Scheme, StringComparison.OrdinalIgnoreCase); // it was made of it

    private static void Open(HtmlRenderer renderer, string url) =>
        renderer.Write("<a rel=\"noopener noreferrer\" href=\"").Write(HtmlExport.Escape(url)).Write("\">");

    // A picture would tell its server who reads what, so only its address is given.
    private sealed class Links : HtmlObjectRenderer<LinkInline>
    {
        protected override void Write(HtmlRenderer renderer, LinkInline obj)
        {
            var url = obj.GetDynamicUrl?.Invoke() ?? obj.Url;
            var isLink = url is not null && MayFollow(url);
            if (isLink)
            {
                Open(renderer, url!); // looked at just above
            }

            renderer.Write(obj.IsImage ? "[image: " : "");
            renderer.WriteChildren(obj);
            renderer.Write(obj.IsImage ? "]" : "");
            renderer.Write(isLink ? "</a>" : "");
        }
    }

    private sealed class Autolinks : HtmlObjectRenderer<AutolinkInline>
    {
        protected override void Write(HtmlRenderer renderer, AutolinkInline obj)
        {
            var url = obj.IsEmail ? $"mailto:{obj.Url}" : obj.Url;
            var isLink = MayFollow(url);
            if (isLink)
            {
                Open(renderer, url);
            }

            renderer.Write(HtmlExport.Escape(obj.Url)).Write(isLink ? "</a>" : "");
        }
    }
}
