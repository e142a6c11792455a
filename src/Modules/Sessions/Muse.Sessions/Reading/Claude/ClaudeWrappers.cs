using Muse.Contracts.Sessions;

namespace Muse.Sessions.Reading.Claude;

/// <summary>The tags the program puts around text that stands in a person's name.</summary>
internal static class ClaudeWrappers
{
    /// <summary>Adds the item of a wrapped text.</summary>
    /// <returns>False if the text is not wrapped.</returns>
    public static bool Read(ClaudeLine line, ReadOnlySpan<byte> text, ReadBatch batch)
    {
        if (text.IsEmpty || (text[0] != '<' && !text.StartsWith("Stop hook feedback:"u8) && !text.StartsWith("Caveat: The messages below"u8)))
        {
            return false;
        }

        if (text.StartsWith("<command-name>"u8) || text.StartsWith("<command-message>"u8))
        {
            var name = Inner(text, "<command-name>"u8, "</command-name>"u8);
            var arguments = Inner(text, "<command-args>"u8, "</command-args>"u8);
            AddPrompt(line, "command", JsonText.Preview(name) + (arguments.IsEmpty ? "" : " " + JsonText.Preview(arguments)), batch);
        }
        else if (text.StartsWith("<bash-input>"u8))
        {
            AddPrompt(line, "shell", "! " + JsonText.Preview(Inner(text, "<bash-input>"u8, "</bash-input>"u8)), batch);
        }
        else if (text.StartsWith("<user-memory-input>"u8))
        {
            AddPrompt(line, "memory", "# " + JsonText.Preview(Inner(text, "<user-memory-input>"u8, "</user-memory-input>"u8)), batch);
        }
        else if (text.StartsWith("<task-notification>"u8))
        {
            line.Add(batch, ItemKind.Notice, "task-notification", JsonText.Preview(Inner(text, "<summary>"u8, "</summary>"u8)));
        }
        else if (text.StartsWith("<bash-stdout>"u8))
        {
            AddOutput(line, "shell-output", Inner(text, "<bash-stdout>"u8, "</bash-stdout>"u8), Inner(text, "<bash-stderr>"u8, "</bash-stderr>"u8), batch);
        }
        else if (text.StartsWith("<local-command-stdout>"u8))
        {
            AddOutput(line, "command-output", Inner(text, "<local-command-stdout>"u8, "</local-command-stdout>"u8), default, batch);
        }
        else if (text.StartsWith("<local-command-stderr>"u8))
        {
            AddOutput(line, "command-output", default, Inner(text, "<local-command-stderr>"u8, "</local-command-stderr>"u8), batch);
        }
        else if (text.StartsWith("<local-command-caveat>"u8) || text.StartsWith("Caveat: The messages below"u8))
        {
            // Always the same words, about the record that follows.
            return true;
        }
        else if (text.StartsWith("<teammate-message"u8) || text.StartsWith("<ci-monitor-event>"u8) || text.StartsWith("Stop hook feedback:"u8))
        {
            line.Add(batch, ItemKind.Notice, text[0] == 'S' ? "hook" : text[1] == 't' ? "teammate" : "ci", JsonText.Preview(text));
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>The text behind what an editor or the program put before a person's words.</summary>
    public static ReadOnlySpan<byte> WithoutContext(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            text = TrimStart(text);
            var skipped = Skip(text, "<ide_opened_file>"u8, "</ide_opened_file>"u8);
            skipped = Skip(skipped, "<ide_selection>"u8, "</ide_selection>"u8);
            skipped = Skip(skipped, "<ide_diagnostics>"u8, "</ide_diagnostics>"u8);
            skipped = Skip(skipped, "<system-reminder>"u8, "</system-reminder>"u8);
            if (skipped.Length == text.Length)
            {
                return text;
            }

            text = skipped;
        }
    }

    public static ReadOnlySpan<byte> Inner(ReadOnlySpan<byte> text, ReadOnlySpan<byte> open, ReadOnlySpan<byte> close)
    {
        var start = text.IndexOf(open);
        if (start < 0)
        {
            return default;
        }

        var inner = text[(start + open.Length)..];
        var end = inner.IndexOf(close);
        return end < 0 ? inner : inner[..end];
    }

    private static void AddPrompt(ClaudeLine line, string name, string preview, ReadBatch batch)
    {
        var item = line.Add(batch, ItemKind.Prompt, name, PreviewText.From(preview));
        batch.Prompts.Add(new PromptSeen(item.Ordinal, line.Record.AtMs ?? 0, Reply: false, item.Preview));
        batch.Header.LastPrompt = item.Preview;
    }

    private static void AddOutput(ClaudeLine line, string name, ReadOnlySpan<byte> output, ReadOnlySpan<byte> error, ReadBatch batch)
    {
        var preview = JsonText.Preview(output.IsEmpty ? error : output);
        if (preview.Length > 0)
        {
            line.Add(batch, ItemKind.Notice, name, preview).Flags |= output.IsEmpty ? ItemFlags.Error : ItemFlags.None;
        }
    }

    private static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> text, ReadOnlySpan<byte> open, ReadOnlySpan<byte> close)
    {
        if (!text.StartsWith(open))
        {
            return text;
        }

        var end = text.IndexOf(close);
        return end < 0 ? default : TrimStart(text[(end + close.Length)..]);
    }

    private static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            if (text.StartsWith("\\n"u8) || text.StartsWith("\\r"u8) || text.StartsWith("\\t"u8))
            {
                text = text[2..];
            }
            else if (!text.IsEmpty && text[0] == ' ')
            {
                text = text[1..];
            }
            else
            {
                return text;
            }
        }
    }
}
