using System.ComponentModel.DataAnnotations;

namespace Muse.Board.Domain;

/// <summary>A card as people see it. All text is sanitized.</summary>
/// <param name="Id">The session's id where that is known.</param>
/// <param name="Lane">Where it belongs.</param>
/// <param name="SinceMs">UTC milliseconds since when it is in this state.</param>
/// <param name="Source">Who decided; null if nobody did.</param>
/// <param name="Detail">What is asked, what failed, or why nothing is known.</param>
/// <param name="Pane">The tmux pane it runs in; null outside tmux or once it ended.</param>
/// <param name="Project">Name of the folder.</param>
internal sealed record CardView(
    string Id,
    [property: BoardAgentWord] string Agent,
    string? SessionId,
    string? NativeId,
    [property: LaneWord] string Lane,
    [property: CardStateWord] string State,
    [property: NeedReasonWord] string? Reason,
    long SinceMs,
    [property: ConfidenceWord] string Confidence,
    [property: SourceWord] string? Source,
    string? Detail,
    string? Pane,
    int? Pid,
    string? Cwd,
    string? Project,
    string? Branch,
    CardView.RollupView? Rollup,
    CardView.MarksView Marks)
{
    /// <summary>Minutes that one bar of the activity stands for.</summary>
    public const int BarMinutes = 5;

    /// <summary>Bars of the activity: one hour.</summary>
    public const int Bars = 12;

    /// <summary>What the session's transcripts say; null before any was read.</summary>
    /// <param name="LastAction">The agent's last word, or its last tool call.</param>
    /// <param name="ContextTokens">What the last response of the main conversation was given and gave.</param>
    /// <param name="ContextWindow">How many tokens fit there, as the agent says or as its model is known for; null if neither is known.</param>
    /// <param name="InputTokens">Of all responses, each counted once, those of subagents included.</param>
    /// <param name="CostMicroUsd">Millionths of a US dollar at the list prices of the API, of the responses that have a price.</param>
    /// <param name="UnpricedResponses">Responses that have none: the cost is at least what is told.</param>
    /// <param name="Activity">Responses in each of the last twelve times five minutes, the newest last.</param>
    public sealed record RollupView(
        string? LastAsk, long? LastAskAtMs, string? LastAction, [property: AllowedValues("reply", "tool")] string? LastActionKind, long? LastActionAtMs,
        string? Model, long ContextTokens, long? ContextWindow, long InputTokens, long OutputTokens, long CostMicroUsd, long UnpricedResponses,
        long Errors, string? LastError, IReadOnlyList<int> Activity);

    /// <param name="Unseen">A turn ended since a person last looked.</param>
    public sealed record MarksView(bool Pinned, bool Muted, bool Snoozed, long? SnoozedUntilMs, bool SnoozedUntilChange, long? SeenAtMs, bool Unseen);

    /// <summary>True if it asks for a person now.</summary>
    public bool CallsForAttention => Lane == LaneWordAttribute.NeedsYou && !Marks.Muted && !Marks.Snoozed;
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class LaneWordAttribute() : AllowedValuesAttribute([.. All])
{
    public const string NeedsYou = "needs-you";
    public const string Working = "working";
    public const string Idle = "idle";
    public const string Ended = "ended";

    /// <summary>In order of urgency.</summary>
    public static readonly string[] All = [NeedsYou, Working, Idle, Ended];

    public static string Of(CardState state) => state switch
    {
        CardState.NeedsYou => NeedsYou,
        CardState.Working or CardState.Background => Working,
        CardState.Ended => Ended,
        _ => Idle,
    };
}
