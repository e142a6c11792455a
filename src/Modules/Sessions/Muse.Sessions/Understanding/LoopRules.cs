using System.Text.RegularExpressions;
using Muse.BuildingBlocks.Text;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Understanding;

/// <summary>Finds what a conversation leaves open. Pure functions of the items and of the ends of two texts.</summary>
internal static partial class LoopRules
{
    private const int LongestText = 240;

    /// <param name="lastReply">The whole text of the last reply; its preview if the file is gone.</param>
    /// <param name="todos">Of the last list of things to do.</param>
    public static IReadOnlyList<OpenLoop> Find(IReadOnlyList<Step> steps, string lastReply, IReadOnlyList<TodoEntry> todos)
    {
        var loops = new List<OpenLoop>();
        var last = steps.LastOrDefault(s => (s.IsAsk && !s.IsCommand) || s.IsReply || s.IsTool || s.IsInterruption);
        switch (last)
        {
            case { IsInterruption: true }:
                loops.Add(Of(OpenLoop.Interrupted, LastAsk(steps)?.Preview ?? "Broken off by a person", last));
                break;
            case { IsAsk: true }:
                loops.Add(Of(OpenLoop.Unanswered, last.Preview, last));
                break;
            case { IsOpenQuestion: true }:
                loops.Add(Of(OpenLoop.Question, last.Preview.Length > 0 ? last.Preview : "A dialog waits for an answer.", last));
                break;
            case { IsOpenCall: true }:
                loops.Add(Of(OpenLoop.Stopped, $"{last.Name} {last.Preview}", last));
                break;
            case { IsReply: true } when Question(lastReply) is { } question:
                loops.Add(Of(OpenLoop.Question, question, last));
                break;
            case { IsReply: true } when Promise(lastReply) is { } promise:
                loops.Add(Of(OpenLoop.Promised, promise, last));
                break;
        }

        if (steps.LastOrDefault(s => s.IsTool && IsTest(s)) is { IsFailure: true } red)
        {
            loops.Add(Of(OpenLoop.TestsRed, red.Preview, red));
        }

        if (todos.Where(t => t.Status != "completed").ToList() is { Count: > 0 } left && steps.LastOrDefault(IsTodoList) is { } list)
        {
            loops.Add(Of(OpenLoop.Todo, $"{left.Count} of {todos.Count} to do: {left[0].Content}", list));
        }

        return loops;
    }

    public static bool IsTodoList(Step step) => step.IsTool && step.Name is "TodoWrite" or "update_plan" or "write_todos";

    /// <summary>How a reply ends when it asks something: its last sentence, if that is a question.</summary>
    public static string? Question(string reply)
    {
        var end = LastParagraph(reply);
        return end.EndsWith('?') ? Sentence().Matches(end).LastOrDefault()?.Value.Trim() ?? end : null;
    }

    /// <summary>The sentence of a reply's end that says what is still to be done; null if none does.</summary>
    public static string? Promise(string reply) =>
        Sentence().Matches(LastParagraph(reply)).Select(m => m.Value.Trim()).LastOrDefault(sentence => Promised().IsMatch(sentence));

    private static Step? LastAsk(IReadOnlyList<Step> steps) => steps.LastOrDefault(s => s.IsAsk);

    private static bool IsTest(Step step) => (step.Name is "Bash" or "shell" or "exec_command" or "run_shell_command" or "local_shell") && Test().IsMatch(step.Preview);

    private static string LastParagraph(string text)
    {
        var trimmed = text.AsSpan().TrimEnd(" \t\r\n*_`)\"”").ToString();
        return trimmed[(trimmed.LastIndexOf("\n\n", StringComparison.Ordinal) + 1)..].Trim();
    }

    private static OpenLoop Of(string kind, string text, Step step) => new(kind, PreviewText.From(text, LongestText), ItemRef.Text(step.Ordinal), step.AtMs);

    [GeneratedRegex(@"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?")]
    private static partial Regex Sentence();

    [GeneratedRegex(
        @"\b(?:next,? i(?:'|’)?ll|i(?:'ll|’ll| will) (?:then|now|next|also|follow up|come back|continue)|still (?:to do|needs? to|open|missing|remaining)|remains? to be|remaining (?:work|steps?|tasks?)|follow[- ]?ups?\b|not (?:yet )?(?:implemented|done|finished|tested)|next steps?\b|todo\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Promised();

    [GeneratedRegex(
        @"(?:^|[;&|\s/])(?:dotnet test|(?:npm|pnpm|yarn|bun)(?: run)? test|npx (?:vitest|jest)|vitest|jest|pytest|python3? -m (?:pytest|unittest)|cargo (?:test|nextest)|go test|mvn (?:\S+ )*test|\./gradlew (?:\S+ )*test|gradle test|make (?:test|check)|ctest|rspec|phpunit|mix test|swift test)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Test();
}
