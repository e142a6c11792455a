using System.Text;
using System.Text.RegularExpressions;
using Muse.Board.Domain;

namespace Muse.Board.Screens;

/// <summary>Reads what an open dialog asks and offers.</summary>
internal sealed class DialogReader(ScreenAnatomy anatomy, ScreenRules rules)
{
    private const int MaxBodyCharacters = 4_000;
    private const int MaxTitleCharacters = 300;

    private const int MaxChoices = 60;

    // A choice with its description takes a few lines; what is further apart is no list of choices.
    private const int MaxLinesBetweenChoices = 12;

    private sealed record ChoiceLine(int Line, int Number, string Label, int Column, bool Focused, bool? Checked);

    /// <param name="line">The line that showed the dialog.</param>
    public ScreenDialog Read(ScreenRule rule, int line)
    {
        var text = rule.Dialog ?? new DialogText(null, null);
        var end = anatomy.Screen.Height;
        var lines = new LineRange(anatomy.TopOfDialog(line), end);
        var choices = Choices(lines);
        if (choices.Count == 0 && text.Enter is { } enter)
        {
            choices.Add(new ChoiceLine(LastWords(lines), 0, enter, 0, Focused: true, Checked: null));
        }

        var head = new LineRange(lines.Start, choices.Count > 0 ? choices[0].Line : end);
        var kind = rule.Reason ?? NeedReason.Question;
        var print = new DialogFingerprint(rules.Agent, kind, rules.Layout.Dialog.Volatile);
        for (var at = head.Start; at < head.End; at++)
        {
            print.Add(anatomy.Text(at));
        }

        for (var i = 0; i < choices.Count; i++)
        {
            var next = i + 1 < choices.Count ? choices[i + 1].Line : EndOfChoices(choices[i], end);
            print.AddChoice(choices[i].Number, choices[i].Checked, string.Join(' ', Continuation(choices[i], next).Prepend(choices[i].Label)));
        }

        var title = Title(text, head);
        return new ScreenDialog(
            kind,
            Cut(OneSpaced(title.Words), MaxTitleCharacters),
            Body(text, head, title.Line),
            [.. choices.Select(c => Choice(c, WholeLabel(c, choices, end)))],
            print.ToString(),
            choices.Exists(c => c.Checked is not null))
        {
            IsTyping = choices.Exists(c => c.Focused && IsField(c.Label)) || AnyLine(lines, rules.Layout.Dialog.Typing),
            HasMore = AnyLine(lines, rules.Layout.Dialog.More),
            Step = new DialogSteps(anatomy, rules.Layout.Dialog.Step).In(lines),
        };
    }

    private DialogChoice Choice(ChoiceLine line, string label) => new(line.Number, label, line.Focused, line.Checked, IsField(label));

    private bool IsField(string label) => rules.Layout.Dialog.Field?.IsMatch(label) == true;

    private bool AnyLine(LineRange lines, Regex? pattern)
    {
        for (var line = lines.Start; pattern is not null && line < lines.End; line++)
        {
            if (pattern.IsMatch(anatomy.Text(line)))
            {
                return true;
            }
        }

        return false;
    }

    private int LastWords(LineRange lines)
    {
        var line = lines.End - 1;
        while (line > lines.Start && Words(line).Length == 0)
        {
            line--;
        }

        return line;
    }

    private (string Words, int Line) Title(DialogText text, LineRange head)
    {
        for (var line = head.Start; line < head.End; line++)
        {
            var words = text.Title is null ? Words(line) : text.Title.Match(anatomy.Text(line)).Groups["title"].Value.Trim();
            if (words.Length > 0)
            {
                return (words, line);
            }
        }

        return text.Title is null ? ("", -1) : Title(new DialogText(null, null), head);
    }

    private string? Body(DialogText text, LineRange head, int title)
    {
        var (start, end) = (head.Start, head.End);
        if (text.Between is not null)
        {
            var fences = Enumerable.Range(start, Math.Max(0, end - start)).Where(line => text.Between.IsMatch(anatomy.Text(line))).ToList();
            (start, end) = fences.Count > 1 ? (fences[0] + 1, fences[^1]) : (start, end);
        }

        var body = new StringBuilder();
        for (var line = start; line < end && body.Length < MaxBodyCharacters; line++)
        {
            var words = line == title && text.Title is null ? "" : Words(line);
            // One blank line between paragraphs is enough, and none at the start.
            if (words.Length > 0 || (body.Length > 0 && !EndsWithBlankLine(body)))
            {
                body.Append(words).Append('\n');
            }
        }

        var all = body.ToString().Trim('\n');
        return all.Length == 0 ? null : Cut(all, MaxBodyCharacters);
    }

    private static bool EndsWithBlankLine(StringBuilder text) => text.Length > 1 && text[^1] == '\n' && text[^2] == '\n';

    /// <summary>A line without what is drawn around it.</summary>
    private string Words(int line)
    {
        var text = anatomy.Text(line).TrimEnd(' ');
        return IsDrawing(text) ? "" : text.Trim(' ', '│', '\u00a0');
    }

    private static bool IsDrawing(string text)
    {
        foreach (var c in text)
        {
            if (c != ' ' && !DialogFingerprint.IsDrawing(c))
            {
                return false;
            }
        }

        return true;
    }

    private static string OneSpaced(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private List<ChoiceLine> Choices(LineRange lines)
    {
        var found = new List<ChoiceLine>();
        for (var line = lines.Start; line < lines.End; line++)
        {
            if (Parse(line) is { } choice)
            {
                found.Add(choice);
            }
        }

        // Numbered text of the body may stand above: the choices are the last run of neighbouring numbers with the focus in it.
        var anchor = found.FindLastIndex(c => c.Focused);
        anchor = anchor >= 0 ? anchor : found.FindLastIndex(c => c.Number == 1);
        if (anchor < 0)
        {
            return Unnumbered(lines);
        }

        var (first, last) = (anchor, anchor);
        while (first > 0 && Follows(found[first - 1], found[first]))
        {
            first--;
        }

        while (last + 1 < found.Count && last - first < MaxChoices && Follows(found[last], found[last + 1]))
        {
            last++;
        }

        return found[first..(last + 1)];
    }

    private static bool Follows(ChoiceLine one, ChoiceLine other) =>
        other.Number == one.Number + 1 && other.Line - one.Line <= MaxLinesBetweenChoices;

    private ChoiceLine? Parse(int line)
    {
        var match = rules.Layout.Dialog.Choice.Match(anatomy.Text(line));
        if (!match.Success || !int.TryParse(match.Groups["number"].Value, out var number))
        {
            return null;
        }

        var check = match.Groups["check"];
        return new ChoiceLine(
            line,
            number,
            match.Groups["label"].Value.Trim(),
            match.Groups["label"].Index,
            match.Groups["focus"].Success,
            check.Success ? !string.IsNullOrWhiteSpace(check.Value) : null);
    }

    /// <summary>The focused line and its neighbours at the same column.</summary>
    private List<ChoiceLine> Unnumbered(LineRange lines)
    {
        if (rules.Layout.Dialog.Focus is not { } focus)
        {
            return [];
        }

        for (var line = lines.End - 1; line >= lines.Start; line--)
        {
            if (focus.Match(anatomy.Text(line)) is { Success: true } match)
            {
                var column = match.Groups["label"].Index;
                var (first, last) = (line, line);
                while (first > lines.Start && IsNeighbour(first - 1, column))
                {
                    first--;
                }

                while (last + 1 < lines.End && last - first < MaxChoices && IsNeighbour(last + 1, column))
                {
                    last++;
                }

                return [.. Enumerable.Range(first, last - first + 1)
                    .Select(at => new ChoiceLine(at, 0, anatomy.Text(at)[column..].Trim(), column, at == line, null))];
            }
        }

        return [];
    }

    private bool IsNeighbour(int line, int column)
    {
        var text = anatomy.Text(line);
        // A check mark stands before the label of the one that is in force.
        return text.Length > column + 2 && text.AsSpan(0, column).IndexOfAnyExcept(' ') < 0 && text.AsSpan(column, 3).IndexOfAnyExcept(' ') >= 0;
    }

    private int EndOfChoices(ChoiceLine choice, int end)
    {
        var line = choice.Line + 1;
        while (line < end && Words(line).Length > 0 && Indent(line) >= choice.Column)
        {
            line++;
        }

        return line;
    }

    private int Indent(int line) => anatomy.Text(line).AsSpan().IndexOfAnyExcept(' ');

    private IEnumerable<string> Continuation(ChoiceLine choice, int next)
    {
        for (var line = choice.Line + 1; line < next; line++)
        {
            if (Words(line).Length > 0 && Indent(line) >= choice.Column)
            {
                yield return Words(line);
            }
        }
    }

    /// <summary>
    /// A label that goes on in the next line, told from a description below it: only a word that did not fit any more was wrapped.
    /// </summary>
    private string WholeLabel(ChoiceLine choice, List<ChoiceLine> choices, int end)
    {
        var index = choices.IndexOf(choice);
        var next = index + 1 < choices.Count ? choices[index + 1].Line : EndOfChoices(choice, end);
        // A description in a column of its own stands on the same line; without numbers it is a table, and all of it counts.
        var label = choice.Number == 0 ? OneSpaced(choice.Label) : choice.Label.Split("  ")[0];
        var width = anatomy.Screen.Lines.Max(l => l.Text.Length);
        for (var line = choice.Line + 1; line < next && Indent(line) == choice.Column && label.Length >= choice.Label.Length; line++)
        {
            var words = Words(line);
            var word = words.Split(' ')[0];
            if (anatomy.Text(line - 1).TrimEnd(' ').Length + 1 + word.Length <= width - (choice.Column - 1))
            {
                break;
            }

            label += ' ' + words;
        }

        return Cut(label, MaxTitleCharacters);
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + '…';
}
