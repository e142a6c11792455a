using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Muse.Sessions.Understanding;

/// <summary>What is wrong with a session, with the items that show it.</summary>
/// <param name="Why">One sentence with the figures.</param>
/// <param name="Items">Ids of the items that show it, in order; the last ones of many.</param>
/// <param name="AtMs">UTC milliseconds of the last of them.</param>
internal sealed record Finding(
    [property: AllowedValues(
        Finding.RetryLoop, Finding.ErrorSpiral, Finding.Denials, Finding.Thrash, Finding.ContextFull, Finding.Compactions, Finding.Stalled, Finding.CostOutlier)]
    string Kind,
    [property: AllowedValues("warn", "bad")] string Severity,
    string Why,
    IReadOnlyList<string> Items,
    long? AtMs)
{
    public const string RetryLoop = "retry-loop";
    public const string ErrorSpiral = "error-spiral";
    public const string Denials = "denials";
    public const string Thrash = "thrash";
    public const string ContextFull = "context-full";
    public const string Compactions = "compactions";
    public const string Stalled = "stalled";
    public const string CostOutlier = "cost-outlier";
}

/// <summary>Something a session leaves for somebody to take up.</summary>
/// <param name="Text">What is open, in the session's own words where it has any.</param>
/// <param name="Item">Id of the item that shows it.</param>
/// <param name="AtMs">UTC milliseconds since when.</param>
internal sealed record OpenLoop(
    [property: AllowedValues(OpenLoop.Question, OpenLoop.Unanswered, OpenLoop.Stopped, OpenLoop.Interrupted, OpenLoop.TestsRed, OpenLoop.Todo, OpenLoop.Promised)]
    string Kind,
    string Text,
    string Item,
    long? AtMs)
{
    /// <summary>The agent asked something, and nobody answered.</summary>
    public const string Question = "question";

    /// <summary>A person said something, and no word came back.</summary>
    public const string Unanswered = "unanswered";

    /// <summary>It ended in the middle of a call.</summary>
    public const string Stopped = "stopped";

    /// <summary>A person broke it off and said nothing more.</summary>
    public const string Interrupted = "interrupted";
    public const string TestsRed = "tests-red";
    public const string Todo = "todo";

    /// <summary>The agent's last word says what is still to be done.</summary>
    public const string Promised = "promised";
}

/// <summary>What somebody needs who comes back to a session.</summary>
/// <param name="Goal">The first thing a person asked for.</param>
/// <param name="LastAsk">The last, if it is another.</param>
/// <param name="LastWord">How the agent's last reply ends.</param>
/// <param name="Decisions">What a person said on the way, the last first: short answers and changes of course.</param>
/// <param name="Files">Files changed last, the last first.</param>
/// <param name="Next">The next step as the session says it; null if it says none.</param>
internal sealed record Brief(
    BriefWord? Goal, BriefWord? LastAsk, BriefWord? LastWord, IReadOnlyList<BriefWord> Decisions, IReadOnlyList<string> Files,
    IReadOnlyList<BriefWord> Commits, BriefWord? Next);

/// <param name="Item">Id of the item that says so.</param>
internal sealed record BriefWord(string Text, string Item, long? AtMs);

/// <summary>All that is worked out of a session's items.</summary>
/// <param name="Touched">Files changed, with the number of changes.</param>
/// <param name="IsFork">It begins with a copy of another session.</param>
internal sealed record SessionDigest(
    IReadOnlyList<Finding> Findings, IReadOnlyList<OpenLoop> Loops, Brief Brief, IReadOnlyDictionary<string, int> Touched, bool IsFork)
{
    /// <summary>Raised when the same items give another digest: all are then made again.</summary>
    public const int Version = 1;

    public static string Write<T>(T part) => JsonSerializer.Serialize(part, JsonSerializerOptions.Web);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web)!; // only Write made it
}
