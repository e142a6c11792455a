using System.Text.Json;
using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.BuildingBlocks.Text;

namespace Muse.Board.Hooks;

/// <summary>
/// What each event means for the state. Measured with Claude Code 2.1.330, Codex 0.169.0 and Gemini CLI 0.61.0; an event
/// that is not named here is counted and means nothing.
/// </summary>
internal static class HookClaims
{
    private const long BusyForMs = 30 * 60_000;

    /// <summary>No hook tells that a person has answered: after this long the request alone proves nothing.</summary>
    private const long AsksForMs = 30 * 60_000;
    private const long EndedForMs = 12 * 3_600_000;

    /// <summary>Fields of a tool's input that say best what it is about to do.</summary>
    private static readonly string[] TellingFields = ["command", "file_path", "path", "url", "pattern", "query", "prompt", "description"];

    public static HookClaim? Of(string agent, string name, JsonElement payload) => name switch
    {
        "UserPromptSubmit" or "UserPromptExpansion" or "BeforeAgent" => Busy(null),
        "PreToolUse" or "BeforeTool" => AsksByTool(agent, payload) ?? Busy(payload.Text("tool_name")),
        "PostToolUse" or "PostToolUseFailure" or "PermissionDenied" or "AfterTool" or "ElicitationResult" => Busy(payload.Text("tool_name")),
        "PreCompact" => Busy("compaction"),
        "PostCompact" => payload.Text("trigger") == "manual" ? Ended(Claim.Idle, null) : Busy(null),
        "PermissionRequest" => Request(payload),
        "Elicitation" => Asks(NeedReason.Question, payload.Text("message")),
        "Notification" => Notification(payload),
        "Stop" => Ended(HasBackground(payload) ? Claim.Background : Claim.TurnEnded, payload.Text("last_assistant_message")),
        "StopFailure" => new HookClaim(Claim.Failed, FailureOf(payload), payload.Text("last_assistant_message") ?? payload.Text("error"), EndedForMs),
        "AfterAgent" => Ended(Claim.TurnEnded, payload.Text("prompt_response")),
        "notify" => Ended(Claim.TurnEnded, payload.Text("last-assistant-message")),
        "Interrupt" => Ended(Claim.Idle, "interrupted"),
        "SessionEnd" => Ended(Claim.Gone, "The session ended."),
        // A start may arrive after the first prompt, and in the midst of a turn after a compaction: it makes a card, no more.
        _ => null,
    };

    private static HookClaim Busy(string? detail) => new(Claim.Busy, null, detail, BusyForMs);

    private static HookClaim Asks(NeedReason reason, string? detail) => new(Claim.Asks, reason, detail, AsksForMs);

    private static HookClaim Ended(Claim claim, string? detail) => new(claim, null, detail, EndedForMs);

    private static HookClaim? Notification(JsonElement payload) => payload.Text("notification_type") switch
    {
        // Six seconds late and without a word of what is asked.
        "permission_prompt" => Asks(NeedReason.Permission, null),
        "elicitation_dialog" or "agent_needs_input" => Asks(NeedReason.Question, null),
        "idle_prompt" => Ended(Claim.TurnEnded, null),
        "ToolPermission" => Asks(NeedReason.Permission, payload.TryGetProperty("details", out var details) ? details.Text("command") ?? details.Text("title") : payload.Text("message")),
        _ => null,
    };

    private static HookClaim Request(JsonElement payload) => payload.Text("tool_name") switch
    {
        "AskUserQuestion" => Asks(NeedReason.Question, Question(payload)),
        "ExitPlanMode" => Asks(NeedReason.Plan, "A plan waits for approval."),
        var tool => Asks(NeedReason.Permission, $"{tool ?? "A tool"}{Input(payload) switch { null => "", var text => $": {text}" }}"),
    };

    /// <summary>Gemini's question is a tool that opens its dialog at once.</summary>
    private static HookClaim? AsksByTool(string agent, JsonElement payload) =>
        agent == "gemini" && payload.Text("tool_name") == "ask_user" ? Asks(NeedReason.Question, Question(payload)) : null;

    private static string? Question(JsonElement payload) =>
        payload.TryGetProperty("tool_input", out var input) && input.ValueKind == JsonValueKind.Object
        && input.TryGetProperty("questions", out var questions) && questions.ValueKind == JsonValueKind.Array && questions.GetArrayLength() > 0
            ? questions[0].Text("question")
            : null;

    private static string? Input(JsonElement payload) =>
        payload.TryGetProperty("tool_input", out var input)
            ? TellingFields.Select(name => input.Text(name)).OfType<string>().Select(text => PreviewText.From(text)).FirstOrDefault(text => text.Length > 0)
            : null;

    private static bool HasBackground(JsonElement payload) =>
        payload.TryGetProperty("background_tasks", out var tasks) && tasks.ValueKind == JsonValueKind.Array
        && tasks.EnumerateArray().Any(task => task.Text("status") == "running");

    private static NeedReason FailureOf(JsonElement payload)
    {
        var reason = ErrorReason.Of(payload.Text("error"));
        return reason != NeedReason.Error ? reason : ErrorReason.Of(payload.Text("error_type"));
    }
}
