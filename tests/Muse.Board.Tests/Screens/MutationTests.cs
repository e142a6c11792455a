using CsCheck;
using Muse.Board.Screens;

namespace Muse.Board.Tests.Screens;

/// <summary>Whatever is done to a screen that is not idle, it is never read as idle: idle is what autopilot and deliveries type into.</summary>
public sealed class MutationTests
{
    private sealed record Subject(string Agent, string Name, string Expected, PaneCapture Capture);

    private static IEnumerable<Subject> Busy =>
    [
        // Without its last prompt, one that was just sent is idle in truth.
        .. MadeUpScreenTests.All.Where(d => !d.IsIdle && d.Name != "just-sent").Select(d => new Subject(d.Agent, d.Name, d.Expected, d.Capture)),
        .. Captured(),
    ];

    [Fact]
    public void Lines_cut_off_above_or_below()
    {
        var wrong = Wrong(lines => Enumerable.Range(0, lines.Length + 1).SelectMany(at => new[] { lines[..at], lines[at..] }));

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void A_line_that_is_missing()
    {
        // One line is all that says that a terminal still runs; without it the screen is that of an idle session.
        var wrong = Wrong(lines => Enumerable.Range(0, lines.Length).Where(at => !lines[at].Contains("1 background terminal", StringComparison.Ordinal))
            .Select(at => lines.Where((_, i) => i != at).ToArray()));

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void Columns_cut_off()
    {
        var wrong = Wrong(lines => Enumerable.Range(0, 60).Select(width => lines.Select(l => Left(l, width)).ToArray()));

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void Wrapped_at_another_width()
    {
        var wrong = Wrong(lines => Enumerable.Range(1, 30).Select(i => i * 4).Select(width => lines.SelectMany(l => Pieces(l, width)).ToArray()));

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void Garbage_between_the_lines()
    {
        var word = Gen.Char['a', 'z'].Array[1, 30].Select(c => new string(c));
        var garbage = Gen.OneOf(word, Gen.Int.Select(i => $"{i}"), word.Select(w => $"\u001b[31m{w}\u001b[0m"), Gen.Const("\u001b]0;x"));
        var subjects = Busy.ToList();

        Gen.Select(Gen.Int[0, subjects.Count - 1], Gen.Select(Gen.Int[0, 60], garbage).Array[1, 4]).Sample(
            (which, insertions) =>
            {
                var subject = subjects[which];
                var lines = subject.Capture.Ansi.Split('\n').ToList();
                foreach (var (at, text) in insertions)
                {
                    lines.Insert(Math.Min(at, lines.Count), text);
                }

                return !Reading.IsIdle(subject.Agent, subject.Capture with { Ansi = string.Join('\n', lines) });
            },
            iter: 3_000);
    }

    [Fact]
    public void Anything_at_all_makes_no_reader_throw() =>
        Gen.Select(Gen.OneOf(new[] { "claude-code", "codex", "gemini" }.Select(Gen.Const).ToArray()), Gen.Char.Array[0, 400].Select(c => new string(c)), Gen.OneOf(new[] { "", "bash", "⠙ x", "✋ x", "[ . ] Action Required" }.Select(Gen.Const).ToArray()))
            .Sample((agent, text, title) => !Reading.IsIdle(agent, new PaneCapture(text, title, title, 80, 24, InMode: true)));

    [Fact]
    public void The_largest_hostile_screens_are_read_in_time()
    {
        string[] strokes = ["❯\u00a0x", new string('─', 500), "› 1. x", " > x", "│ ● 1. x │", new string('▄', 500), "❯ 1. " + new string('a', 495)];
        var screens = strokes.SelectMany((a, i) => strokes.Skip(i).Select(b => string.Join('\n', Enumerable.Repeat($"{a}\n{b}", 150)))).ToList();
        var began = TimeProvider.System.GetTimestamp();

        Assert.All(screens, s => Assert.All(ScreenRuleBook.Agents, agent => Assert.False(Reading.IsIdle(agent, new PaneCapture(s, "", "", 0, 0, InMode: false)))));

        // 84 readings of 300 rows and 500 columns, on a machine that may be busy: what backtracks or compares all with all takes hours.
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(90));
    }

    private static List<string> Wrong(Func<string[], IEnumerable<string[]>> mutate) =>
    [
        .. Busy.AsParallel().SelectMany(subject => mutate(subject.Capture.Ansi.Split('\n'))
            .Select((lines, index) => (index, verdict: Reading.Reader.Read(subject.Agent, subject.Capture with { Ansi = string.Join('\n', lines) })))
            .Where(m => m.verdict.State == Domain.CardState.Idle)
            .Select(m => $"{subject.Agent} {subject.Name} {subject.Expected}: mutation {m.index} is idle by {m.verdict.Rule}")),
    ];

    private static IEnumerable<Subject> Captured() => Captures.All
        .SelectMany(c => new[] { (c, kind: "coloured", capture: c.Coloured), (c, kind: "plain", capture: c.Uncoloured) })
        .Select(x => new Subject(x.c.Agent, $"{x.c.State} {x.c.Size} {x.kind}", CaptureTableTests.Expected(x.c), x.capture))
        .Where(s => s.Expected != "idle");

    /// <summary>The first columns of a line, with all its colours.</summary>
    private static string Left(string line, int width) => string.Concat(Cells(line).Where(c => c.Column < width).Select(c => c.Text));

    private static IEnumerable<string> Pieces(string line, int width) =>
        Cells(line).GroupBy(c => Math.Max(0, c.Column) / width).Select(g => string.Concat(g.Select(c => c.Text))).DefaultIfEmpty("");

    /// <summary>Characters with their columns; an escape sequence has that of the character before it.</summary>
    private static IEnumerable<(int Column, string Text)> Cells(string line)
    {
        var column = -1;
        for (var at = 0; at < line.Length;)
        {
            var end = line[at] == '\u001b' ? line.IndexOf('m', at) + 1 : at + 1;
            column += line[at] == '\u001b' ? 0 : 1;
            yield return (column, line[at..Math.Max(end, at + 1)]);
            at = Math.Max(end, at + 1);
        }
    }
}
