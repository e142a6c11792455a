using System.Globalization;
using Muse.Sessions.Domain;

namespace Muse.Sessions.Export;

/// <summary>What the documents that people read say of items, in the same words.</summary>
internal static class ExportWords
{
    public static string Time(long? atMs) => atMs is not { } ms ? ""
        : DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Who speaks, or what a line is.</summary>
    public static string Speaker(ItemView item) => item.Kind switch
    {
        "prompt" => item.Flags.Contains("meta") ? "Written by the program" : item.Name is { Length: > 0 } command ? $"You · {command}" : "You",
        "reply" => "Reply",
        "thinking" => "Thinking",
        "tool" => item.Name ?? "Tool",
        "mark" => item.Name ?? "Mark",
        _ => item.Name is { Length: > 0 } name ? $"{Capital(item.Kind)} · {name}" : Capital(item.Kind),
    };

    /// <summary>What became of a tool call: its status, exit code, lines and time.</summary>
    public static string Outcome(ItemView item)
    {
        var words = new List<string>();
        if (item.Status is { } status)
        {
            words.Add(status);
        }

        if (item.Outcome is { } outcome)
        {
            Add(outcome.ExitCode, n => $"exit {n}");
            Add(outcome.Added, n => $"+{n}");
            Add(outcome.Removed, n => $"−{n}");
            Add(outcome.Hits, n => n == "1" ? "1 hit" : $"{n} hits");
            Add(outcome.Lines, n => n == "1" ? "1 line" : $"{n} lines");
            if (outcome.DurationMs is { } ms)
            {
                words.Add(string.Create(CultureInfo.InvariantCulture, $"{ms / 1000.0:0.0} s"));
            }
        }

        words.AddRange(item.Flags.Where(f => f is "void" or "inherited" or "background" or "sidechain" or "queued"));
        return string.Join(" · ", words);

        void Add(int? value, Func<string, string> say)
        {
            if (value is { } number)
            {
                words.Add(say(number.ToString(CultureInfo.InvariantCulture)));
            }
        }
    }

    public static string Agent(ExportedAgent agent) =>
        $"Subagent {agent.Number}{(agent.Type is { } type ? $" · {type}" : "")} · {agent.Description ?? agent.AgentId}";

    /// <summary>Facts of the session in a line each, by name.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(ExportHead head)
    {
        var session = head.Session;
        yield return ("Agent", $"{session.Agent} {session.Version}".TrimEnd());
        yield return ("Session", session.NativeId);
        foreach (var (name, value) in new[] { ("Project", session.ProjectPath ?? session.Project), ("Branch", session.Branch), ("Model", session.Model) })
        {
            if (!string.IsNullOrEmpty(value))
            {
                yield return (name, value);
            }
        }

        yield return ("Time", $"{Time(session.StartedAtMs)} to {Time(session.LastAtMs)}");
        yield return ("Items", string.Create(
            CultureInfo.InvariantCulture, $"{session.Items} ({session.Prompts} prompts, {session.Replies} replies, {session.Tools} tool calls, {session.Agents} subagents)"));
        yield return ("Exported", $"{Time(head.ExportedAtMs)} by Muse, {(head.Choice.Tools ? "with" : "without")} tool output, {(head.Choice.Subagents ? "with" : "without")} subagents");
    }

    /// <summary>What was done about secrets, in a sentence.</summary>
    public static string Masked(ExportHead head)
    {
        if (!head.Choice.Mask)
        {
            return "Secrets are not masked in this file.";
        }

        var total = head.Secrets.Sum(s => (long)s.Count);
        return total == 0 ? "No secrets were found in it. Pictures are not looked into."
            : string.Create(CultureInfo.InvariantCulture, $"Masked secrets: {head.Secrets.Count}, in {total} places, listed at the end. Pictures are not looked into.");
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
