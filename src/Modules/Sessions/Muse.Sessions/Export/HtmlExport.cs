using System.Buffers;
using System.Globalization;
using System.Text;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Export;

/// <summary>
/// One file that needs nothing else: no script, no request, its own policy that forbids both. All text is escaped; of Markdown
/// only what <see cref="HtmlMarkdown" /> lets through is drawn.
/// </summary>
internal sealed class HtmlExport(IBufferWriter<byte> output) : IExportWriter
{
    private const int UnfoldedLines = 12;
    private ExportHead? _head;

    /// <summary>Of the open subagents; the names of places begin with the innermost.</summary>
    private readonly Stack<int> _agents = new();
    private readonly Dictionary<string, string> _anchors = new(StringComparer.Ordinal) { [""] = "i" };

    public bool TakesPictures => true;

    public void Begin(ExportHead head)
    {
        _head = head;
        Raw(HtmlPage.Start);
        Raw("<title>").Text(head.Session.Title).Raw("</title>\n</head>\n<body>\n<header class=\"head\"><h1>").Text(head.Session.Title).Raw("</h1>\n<dl>\n");
        foreach (var (name, value) in ExportWords.Facts(head))
        {
            Raw("<div><dt>").Text(name).Raw("</dt><dd>").Text(value).Raw("</dd></div>\n");
        }

        Raw("</dl>\n<p class=\"masked\">").Text(ExportWords.Masked(head)).Raw(head.Secrets.Count > 0 ? " <a href=\"#masked\">The list</a>" : "").Raw("</p>\n</header>\n");
        if (head.Prompts.Count > 0)
        {
            Raw("<nav aria-label=\"Prompts\"><details open><summary>Prompts</summary>\n<ol>\n");
            foreach (var prompt in head.Prompts)
            {
                Raw("<li><a href=\"#i").Text(prompt.Id).Raw("\">").Text(prompt.Preview.Length > 0 ? prompt.Preview : "(no text)").Raw("</a> <time>").Text(ExportWords.Time(prompt.AtMs)).Raw("</time></li>\n");
            }

            Raw("</ol></details></nav>\n");
        }

        Raw("<main>\n");
    }

    public void Item(ExportedItem item)
    {
        var view = item.View;
        Raw("<article class=\"").Raw(view.Kind).Raw(view.Flags.Contains("void") ? " void" : "").Raw(view.Status is "error" or "denied" ? " failed" : "")
            .Raw("\" id=\"").Raw(_agents.Count == 0 ? "i" : $"a{_agents.Peek()}-i").Raw(view.Id).Raw("\">\n<p class=\"who\"><b>").Text(ExportWords.Speaker(view)).Raw("</b>");
        if (ExportWords.Outcome(view) is { Length: > 0 } outcome)
        {
            Raw(" <span>").Text(outcome).Raw("</span>");
        }

        if (view.AtMs is not null)
        {
            Raw(" <time>").Text(ExportWords.Time(view.AtMs)).Raw("</time>");
        }

        Raw("</p>\n");
        switch (view.Kind)
        {
            case "reply" when view.Text is { } text:
                Raw("<div class=\"markdown\">").Raw(HtmlMarkdown.Of(text)).Raw("</div>\n");
                break;
            case "thinking" when view.Text is { } thought:
                Fold("Thought", thought, open: false);
                break;
            case "tool":
                Tool(item);
                break;
            default:
                Raw("<div class=\"text\">").Text(view.Text ?? view.Preview).Raw("</div>\n");
                break;
        }

        if (view.Cut)
        {
            Raw("<p class=\"note\">The text is longer, or its file is gone: more is not in this export.</p>\n");
        }

        foreach (var picture in item.Pictures)
        {
            Raw("<p><img alt=\"Picture of this item\" src=\"data:").Raw(picture.MediaType).Raw(";base64,").Raw(Convert.ToBase64String(picture.Data)).Raw("\"></p>\n");
        }

        Raw("</article>\n");
    }

    public void OpenAgent(ExportedAgent agent)
    {
        _agents.Push(agent.Number);
        _anchors[agent.AgentId] = string.Create(CultureInfo.InvariantCulture, $"a{agent.Number}-i");
        Raw("<details class=\"agent\"><summary>").Text(ExportWords.Agent(agent)).Raw("</summary>\n");
    }

    public void CloseAgent()
    {
        _agents.Pop();
        Raw("</details>\n");
    }

    public void OpenOthers() => Raw("<h2>Subagents that no known call started</h2>\n");

    public void End(bool isWhole)
    {
        Raw("</main>\n");
        if (!isWhole)
        {
            Raw("<p class=\"note\">The transcript was still being read: what follows is not in this export.</p>\n");
        }

        if (_head is { Secrets: { Count: > 0 } secrets })
        {
            Raw("<section id=\"masked\"><h2>What was masked</h2>\n<div class=\"wide\"><table><thead><tr><th>Number</th><th>Kind</th><th>Times</th><th>Where</th></tr></thead><tbody>\n");
            foreach (var secret in secrets)
            {
                Raw(string.Create(CultureInfo.InvariantCulture, $"<tr><td>{secret.Number}</td><td>")).Text(secret.Kind)
                    .Raw(string.Create(CultureInfo.InvariantCulture, $"</td><td>{secret.Count}</td><td>"));
                foreach (var place in secret.Places)
                {
                    Place(place);
                }

                Raw("</td></tr>\n");
            }

            Raw("</tbody></table></div></section>\n");
        }

        Raw("</body>\n</html>\n");
    }

    private void Tool(ExportedItem item)
    {
        Raw("<p class=\"line\"><code>").Text(item.View.Preview).Raw("</code></p>\n");
        if (item.Patches.Count == 0)
        {
            var input = new StringBuilder();
            foreach (var (name, text) in item.InputFields())
            {
                input.Append(input.Length > 0 ? "\n" : "").Append(name is null ? "" : $"{name}: ").Append(text.Contains('\n', StringComparison.Ordinal) && name is not null ? "\n" : "").Append(text);
            }

            if (input.Length > 0)
            {
                Fold("Input", input.ToString(), open: false);
            }
        }

        foreach (var patch in item.Patches)
        {
            Diff(patch);
        }

        foreach (var todo in item.Todos)
        {
            Raw("<p class=\"todo\">").Text(todo.Status == "completed" ? "☑ " : todo.Status == "in_progress" ? "◐ " : "☐ ").Text(todo.Content).Raw("</p>\n");
        }

        if (item.Output is { Length: > 0 } output)
        {
            Fold(item.OutputCut ? "Output, cut" : "Output", output, open: output.Length < 1000 && output.AsSpan().Count('\n') < UnfoldedLines && item.Patches.Count == 0);
        }
    }

    private void Diff(Patch patch)
    {
        Raw("<details class=\"diff\"").Raw(patch.Added + patch.Removed <= 60 ? " open" : "").Raw("><summary>").Text(patch.Path)
            .Raw(string.Create(CultureInfo.InvariantCulture, $" +{patch.Added} −{patch.Removed}</summary><pre>"));
        foreach (var hunk in patch.Hunks)
        {
            Raw(string.Create(CultureInfo.InvariantCulture, $"<span class=\"at\">@@ -{hunk.OldStart},{hunk.OldLines} +{hunk.NewStart},{hunk.NewLines} @@</span>\n"));
            foreach (var line in hunk.Lines)
            {
                var tag = line.StartsWith('+') ? "ins" : line.StartsWith('-') ? "del" : "span";
                Raw($"<{tag}>").Text(line).Raw($"</{tag}>\n");
            }
        }

        Raw("</pre></details>\n");
    }

    private void Fold(string name, string text, bool open) =>
        Raw("<details").Raw(open ? " open" : "").Raw("><summary>").Text(name).Raw("</summary><pre>").Text(text).Raw("</pre></details>\n");

    // An item's id, for a subagent's behind the agent's id and a slash.
    private void Place(string place)
    {
        var slash = place.LastIndexOf('/');
        var item = place[(slash + 1)..];
        if (_anchors.TryGetValue(slash < 0 ? "" : place[..slash], out var anchor) && ItemRef.TryParse(item) is not null)
        {
            Raw("<a href=\"#").Raw(anchor).Raw(item).Raw("\">").Text(place).Raw("</a> ");
        }
        else
        {
            Text(place).Raw(" ");
        }
    }

    private HtmlExport Raw(string html)
    {
        Encoding.UTF8.GetBytes(html, output);
        return this;
    }

    private HtmlExport Text(string text) => Raw(Escape(text));

    public static string Escape(string text) => text.AsSpan().IndexOfAny("<>&\"'") < 0 ? text
        : new StringBuilder(text, text.Length + 64).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").Replace("'", "&#39;").ToString();
}
