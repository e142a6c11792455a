using System.Text;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Features.FindInSession;

/// <summary>A harmless line around the place where a text stands in an item.</summary>
internal sealed record Snippet(string Text, int Start, int Length)
{
    private const int Margin = 80;

    /// <summary>Null if nothing of the item that a person can look at holds the text.</summary>
    public static Snippet? Of(Item item, ItemBody? body, string wanted)
    {
        foreach (var part in Parts(item, body))
        {
            var at = part.IndexOf(wanted, StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
            {
                return Around(part, at, wanted.Length);
            }
        }

        return null;
    }

    private static IEnumerable<string> Parts(Item item, ItemBody? body)
    {
        if (body?.Text is { } text)
        {
            yield return text;
        }

        if (body?.Output is { } output)
        {
            yield return output;
        }

        // Strings in the input are escaped: looked through as they would be read.
        if (body?.Input is { } input)
        {
            yield return Encoding.UTF8.GetString(input).Replace("\\n", "\n").Replace("\\t", "\t").Replace("\\\"", "\"").Replace(@"\\", @"\");
        }

        foreach (var line in body?.Patches.SelectMany(p => p.Hunks).SelectMany(h => h.Lines) ?? [])
        {
            yield return line;
        }

        foreach (var todo in body?.Todos ?? [])
        {
            yield return todo.Content;
        }

        yield return item.Preview;
        yield return item.Name ?? "";
    }

    private static Snippet Around(string text, int at, int length)
    {
        var (from, to) = (Math.Max(0, at - Margin), Math.Min(text.Length, at + length + Margin));
        var before = PreviewText.From(text.AsSpan(from, at - from));
        var match = PreviewText.From(text.AsSpan(at, length));
        var after = PreviewText.From(text.AsSpan(at + length, to - at - length));
        before += at > from && before.Length > 0 && char.IsWhiteSpace(text[at - 1]) ? " " : "";
        after = (at + length < to && after.Length > 0 && char.IsWhiteSpace(text[at + length]) ? " " : "") + after;
        return new Snippet(before + match + after, before.Length, match.Length);
    }
}
