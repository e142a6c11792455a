using System.Text.RegularExpressions;

namespace Muse.Board.Screens;

/// <summary>Tells what stands in the input box, above all a person's draft from a hint of the program.</summary>
internal static class InputBoxReader
{
    private const int MaxCharacters = 20_000;

    public static InputBox Read(Screen screen, BoxRules rules, InputBoxPlace place)
    {
        var line = screen.Lines[place.Lines.Start];
        if (place.BeginsAbove)
        {
            // No hint is that long, and shell mode cannot be told from text: whoever types must wait for the glyph.
            var part = Join(screen, rules, place, rules.Next.Match(line.Text).Groups["text"]);
            return new InputBox(rules.Pasted.IsMatch(part) ? InputBoxKind.Pasted : InputBoxKind.Draft, part, IsPart: true);
        }

        var first = (place.IsScrolled ? rules.FirstMore! : rules.First).Match(line.Text); // such a place was found by it
        var text = Join(screen, rules, place, first.Groups["text"]);
        if (first.Groups["glyph"].Value == rules.Shell)
        {
            return new InputBox(InputBoxKind.ShellMode, IsHint(screen, rules, line, first.Groups["text"]) ? "" : text);
        }

        if (text.Length == 0)
        {
            return new InputBox(InputBoxKind.Empty, "");
        }

        var kind = true switch
        {
            _ when IsHint(screen, rules, line, first.Groups["text"]) => InputBoxKind.Ghost,
            _ when rules.Pasted.IsMatch(text) => InputBoxKind.Pasted,
            _ when rules.Command.IsMatch(text) => InputBoxKind.Command,
            _ => InputBoxKind.Draft,
        };
        return new InputBox(kind, text, place.GoesOnBelow || place.IsScrolled);
    }

    private static string Join(Screen screen, BoxRules rules, InputBoxPlace place, Group first)
    {
        var lines = new List<string> { first.Value.TrimEnd(' ') };
        for (var line = place.Lines.Start + 1; line < place.Lines.End; line++)
        {
            lines.Add(rules.Next.Match(screen.Lines[line].Text).Groups["text"].Value.TrimEnd(' '));
        }

        var text = string.Join('\n', lines).Trim('\n', ' ');
        return text.Length <= MaxCharacters ? text : text[..MaxCharacters];
    }

    private static bool IsHint(Screen screen, BoxRules rules, ScreenLine line, Group text)
    {
        if (!screen.IsStyled)
        {
            return rules.HintText.IsMatch(text.Value);
        }

        var start = text.Index;
        while (start < text.Index + text.Length && line.Text[start] == ' ')
        {
            start++;
        }

        return line.Has(rules.Hint, start + 1, text.Index + text.Length - start - 1);
    }
}
