using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Board.Processes;
using Muse.Board.Screens;

namespace Muse.Board.Sources;

/// <summary>What the sources' own words come to as evidence.</summary>
internal static class Claims
{
    /// <summary>Claude Code's registry file; null if it states no status.</summary>
    public static EvidenceItem? Of(ClaudeRegistryEntry entry, long nowMs)
    {
        var (claim, reason) = (entry.Status, entry.WaitingFor) switch
        {
            ("busy", _) => (Claim.Busy, (NeedReason?)null),
            ("waiting", "permission prompt") => (Claim.Asks, NeedReason.Permission),
            ("waiting", _) => (Claim.Asks, NeedReason.Question),
            ("shell", _) => (Claim.Background, null),
            ("idle", _) => (Claim.Idle, null),
            _ => (Claim.Unclear, null),
        };
        var words = entry.WaitingFor is null ? entry.Status : $"{entry.Status}: {entry.WaitingFor}";
        return entry.Status is null ? null : new EvidenceItem(EvidenceSource.Registry, claim, reason, words, entry.StatusUpdatedAtMs ?? nowMs);
    }

    /// <summary>
    /// The title that Codex and Gemini give their pane; null for Claude Code, whose title says nothing (2.1.330). Before its
    /// first screen and in its first dialogs a program has not set it yet: a title that is not of its form is unclear.
    /// </summary>
    public static EvidenceItem? OfTitle(string agent, string title, string cwd, long nowMs)
    {
        var (claim, reason) = agent switch
        {
            AgentNames.Codex => Codex(title, cwd),
            AgentNames.Gemini => Gemini(title),
            _ => ((Claim?)null, null),
        };
        return claim is { } told ? new EvidenceItem(EvidenceSource.Title, told, reason, title, nowMs) : null;
    }

    /// <summary>A screen as its rules read it.</summary>
    /// <param name="validForMs">Until the next look is certain to have come.</param>
    public static EvidenceItem Of(ScreenVerdict screen, long atMs, long nowMs, long validForMs)
    {
        var claim = screen.State switch
        {
            CardState.Working => Claim.Busy,
            CardState.NeedsYou when screen.Dialog is null && screen.Reason is NeedReason.Error or NeedReason.Limit => Claim.Failed,
            CardState.NeedsYou => Claim.Asks,
            CardState.Idle or CardState.Done => Claim.Idle,
            CardState.Background => Claim.Background,
            // A shell's prompt: whether the agent is gone is for the process table to say.
            _ => Claim.Unclear,
        };
        var detail = screen.Dialog is { } dialog ? Join(dialog.Title, dialog.Body) : screen.Line?.Trim() ?? screen.Banner;
        return new EvidenceItem(EvidenceSource.Screen, claim, claim is Claim.Asks or Claim.Failed ? screen.Reason : null, detail, atMs, nowMs + validForMs);
    }

    private static string Join(string title, string? body) => string.IsNullOrWhiteSpace(body) ? title : $"{title}: {body}";

    private static (Claim?, NeedReason?) Codex(string title, string cwd)
    {
        var folder = Path.GetFileName(cwd.TrimEnd('/'));
        return title switch
        {
            [>= '\u2801' and <= '\u28FF', ' ', ..] => (Claim.Busy, null),
            // The mark blinks between the two, whatever is asked (0.169.0): the screen tells. Most often it is a permission.
            _ when title.StartsWith("[ . ] Action Required", StringComparison.Ordinal)
                || title.StartsWith("[ ! ] Action Required", StringComparison.Ordinal) => (Claim.Asks, NeedReason.Permission),
            _ when title == folder || title.EndsWith($" | {folder}", StringComparison.Ordinal) => (Claim.Idle, null),
            _ => (Claim.Unclear, null),
        };
    }

    private static (Claim?, NeedReason?) Gemini(string title) => title.TrimStart() switch
    {
        ['✦', ..] => (Claim.Busy, null),
        ['✋', ..] => (Claim.Asks, NeedReason.Permission),
        ['◇', ..] => (Claim.Idle, null),
        _ => (Claim.Unclear, null),
    };
}
