using System.Buffers;
using System.Globalization;
using System.Text;
using Muse.Sessions.Domain;

namespace Muse.Sessions.Export;

/// <summary>
/// A Markdown document whose headings are its own: what was said stands in quotes that nothing in it can end, what tools
/// put out in fences longer than any in it.
/// </summary>
internal sealed class MarkdownExport(IBufferWriter<byte> output) : IExportWriter
{
    private ExportHead? _head;
    private int _depth;

    public bool TakesPictures => false;

    public void Begin(ExportHead head)
    {
        _head = head;
        Line($"# {Inline(head.Session.Title)}");
        Line("");
        foreach (var (name, value) in ExportWords.Facts(head))
        {
            Line($"- {name}: {Inline(value)}");
        }

        Line("");
        Line(ExportWords.Masked(head));
        if (head.Prompts.Count > 0)
        {
            Line("");
            Line("## Prompts");
            Line("");
            foreach (var prompt in head.Prompts)
            {
                Line($"- {prompt.Id}: {Inline(prompt.Preview)}");
            }
        }

        Line("");
        Line("## Conversation");
    }

    public void Item(ExportedItem item)
    {
        var view = item.View;
        var outcome = ExportWords.Outcome(view);
        var time = ExportWords.Time(view.AtMs);
        Line("");
        Line($"{Heading(3)} {view.Id} · {Inline(ExportWords.Speaker(view))}{(outcome.Length > 0 ? $" · {outcome}" : "")}{(time.Length > 0 ? $" · {time}" : "")}");
        Line("");
        if (view.Kind == "tool")
        {
            Tool(item);
        }
        else
        {
            Quote(view.Text ?? view.Preview);
        }

        if (view.Cut)
        {
            Line("");
            Line("The text is longer, or its file is gone: more is not in this export.");
        }
    }

    public void OpenAgent(ExportedAgent agent)
    {
        Line("");
        Line($"{Heading(3)} {Inline(ExportWords.Agent(agent))}");
        _depth++;
    }

    public void CloseAgent()
    {
        _depth--;
        Line("");
        Line($"{Heading(3)} End of the subagent");
    }

    public void OpenOthers()
    {
        Line("");
        Line("## Subagents that no known call started");
    }

    public void End(bool isWhole)
    {
        if (!isWhole)
        {
            Line("");
            Line("The transcript was still being read: what follows is not in this export.");
        }

        if (_head is { Secrets: { Count: > 0 } secrets })
        {
            Line("");
            Line("## What was masked");
            Line("");
            Line("| Number | Kind | Times | Items |");
            Line("| --- | --- | --- | --- |");
            foreach (var secret in secrets)
            {
                Line(string.Create(CultureInfo.InvariantCulture, $"| {secret.Number} | {secret.Kind} | {secret.Count} | {Inline(string.Join(' ', secret.Places))} |"));
            }
        }
    }

    /// <summary>Text in a line: everything that Markdown or HTML reads as more than a letter is escaped.</summary>
    public static string Inline(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '\n' or '\t' => " ",
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '\\' or '`' or '*' or '_' or '[' or ']' or '#' or '|' or '~' or '!' => $"\\{c}",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }

    private void Tool(ExportedItem item)
    {
        Line(Inline(item.View.Preview));
        if (item.Patches.Count == 0)
        {
            var input = string.Join('\n', item.InputFields().Select(f => f.Name is null ? f.Text : $"{f.Name}: {f.Text}"));
            if (input.Length > 0)
            {
                Fence("Input", input, "");
            }
        }

        foreach (var patch in item.Patches)
        {
            var lines = patch.Hunks.SelectMany(h => h.Lines.Prepend(string.Create(CultureInfo.InvariantCulture, $"@@ -{h.OldStart},{h.OldLines} +{h.NewStart},{h.NewLines} @@")));
            Fence(Inline(patch.Path), string.Join('\n', lines), "diff");
        }

        foreach (var todo in item.Todos)
        {
            Line($"- [{(todo.Status == "completed" ? "x" : " ")}] {Inline(todo.Content)}");
        }

        if (item.Output is { Length: > 0 } text)
        {
            Fence(item.OutputCut ? "Output, cut" : "Output", text, "");
        }
    }

    private void Fence(string name, string text, string language)
    {
        var (run, longest) = (0, 2);
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', longest + 1);
        Line("");
        Line($"{name}:");
        Line("");
        Line(fence + language);
        Line(text.TrimEnd('\n'));
        Line(fence);
    }

    /// <summary>As it was written, line by line behind a quote's mark, without HTML, pictures and links that run something.</summary>
    private void Quote(string text)
    {
        string? fence = null;
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.TrimStart();
            var mark = trimmed.Length > 0 && trimmed[0] is '`' or '~' ? trimmed[..(trimmed.Length - trimmed.TrimStart(trimmed[0]).Length)] : "";
            if (fence is not null)
            {
                Line($"> {line}");
                fence = mark.StartsWith(fence, StringComparison.Ordinal) && trimmed.Trim(trimmed[0]).Trim().Length == 0 ? null : fence;
            }
            else if (mark.Length >= 3 && line.Length - trimmed.Length <= 3 && !trimmed[mark.Length..].Contains('`', StringComparison.Ordinal))
            {
                // What is named behind a fence is of no use in an export.
                Line($"> {mark}");
                fence = mark;
            }
            else
            {
                Line($"> {Harmless(line)}");
            }
        }

        if (fence is not null)
        {
            Line($"> {fence}");
        }
    }

    private static string Harmless(string line)
    {
        var safe = line.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("![", "!\\[", StringComparison.Ordinal);
        var trimmed = safe.TrimStart();
        if (trimmed.Length > 0 && (trimmed[0] is '#' or '=' or '[' || trimmed.StartsWith("---", StringComparison.Ordinal)))
        {
            // A heading, the line that makes one of the line above, or an address for links elsewhere.
            safe = $"{safe[..(safe.Length - trimmed.Length)]}\\{trimmed}";
        }

        for (var at = safe.IndexOf("](", StringComparison.Ordinal); at >= 0; at = safe.IndexOf("](", at + 2, StringComparison.Ordinal))
        {
            var address = safe.AsSpan(at + 2).TrimStart();
            if (!address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
                && !address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            {
                safe = safe.Insert(at, "\\");
                at++;
            }
        }

        return safe;
    }

    private string Heading(int level) => new('#', Math.Min(6, level + _depth));

    private void Line(string line)
    {
        Encoding.UTF8.GetBytes(line, output);
        output.Write("\n"u8);
    }
}
