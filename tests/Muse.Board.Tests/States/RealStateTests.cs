using Muse.Board.Tests.Deliveries;

namespace Muse.Board.Tests.States;

/// <summary>
/// Every state of the real programs, by their own keys. MUSE_STATE_ROUNDS asks for more than one round, MUSE_STATE_REPORT names a
/// file for the latencies.
/// </summary>
public sealed class RealStateTests
{
    private const string Idle = "idle|done";
    private const string Done = "done";
    private const string Allow = "Do you want to proceed?";

    /// <summary>What the stand-in answers where a plan is asked for: not among what comes with it.</summary>
    private const string CodexPlans = """
        { "rules": [{ "name": "plan", "when": { "prompt": "^propose" }, "steps": [{ "content": [{ "text": "<proposed_plan>\n# A lamp\n\n1. Buy a bulb\n</proposed_plan>\n" }] }] }], "fallback": { "content": [{ "text": "Hello." }] } }
        """;
    private const string CodexBehind = """
        { "rules": [
            { "name": "leave", "when": { "prompt": "^leave it" }, "steps": [
              { "content": [{ "tool": "exec_command", "input": { "cmd": "sleep 12", "yield_time_ms": 500 } }] }, { "content": [{ "text": "It goes on behind." }] }
            ] },
            { "name": "broken", "when": { "prompt": "^break" }, "steps": [{ "error": { "status": 500, "message": "Internal server error" } }] }
          ], "fallback": { "content": [{ "text": "Hello." }] } }
        """;
    private const string GeminiPlans = """
        { "rules": [
            { "name": "router", "when": { "jsonSchema": true, "tools": false }, "steps": [{ "content": [{ "text": "{\"complexity_reasoning\": \"simple\", \"complexity_score\": 10}" }] }] },
            { "name": "plan", "when": { "prompt": "^propose" }, "steps": [
              { "content": [{ "tool": "write_file", "input": { "file_path": "lamp.md", "content": "# A lamp\n\n1. Buy a bulb\n" } }] },
              { "content": [{ "tool": "exit_plan_mode", "input": { "plan_filename": "lamp.md" } }] },
              { "content": [{ "text": "Handled." }] }
            ] }
          ], "fallback": { "content": [{ "text": "Hello." }] } }
        """;

    [Fact]
    public async Task Claude_is_shown_in_each_of_its_states()
    {
        await using var stage = await StateStage.StartAsync("claude", await RealBoard.StartAsync("claude"));
        for (var round = 0; round < StateStage.Rounds; round++)
        {
            await stage.SeeAsync("fresh", Idle, round == 0 ? () => Task.CompletedTask : stage.Press("Up", "Enter"), round == 0 ? null : "❯\u00a0");
            await TurnAsync(stage);
            await stage.SeeAsync("permission", "needs-you/permission", stage.Say($"run touch made-{round} && sleep 3"), Allow);
            await stage.SeeAsync("tool running", "working", stage.Press("1"));
            await stage.SeeAsync("tool done", Done, () => Task.CompletedTask, "The command has run.");
            await stage.SeeAsync("permission", "needs-you/permission", stage.Say($"run touch not-{round}"), Allow);
            await stage.SeeAsync("permission refused", "idle", stage.Press("Escape"));
            await stage.SeeAsync("question", "needs-you/question", stage.Say("ask one"), "❯ 1. SQLite");
            await stage.SeeAsync("question refused", "idle", stage.Press("Escape"));
            await InterruptAsync(stage);
            await stage.SeeAsync("permission", "needs-you/permission", stage.Say($"background touch kept-{round} && sleep 8"), Allow);
            await stage.SeeAsync("background shell", "background", stage.Press("1"), "It is running in the background.");
            await stage.SeeAsync("background ended", Idle, () => Task.CompletedTask, "● Done.");
            await stage.SeeAsync("compaction", "working", stage.Say("/compact"), stays: false);
            await stage.SeeAsync("compacted", Idle, () => Task.CompletedTask, "Compacted");
            await stage.SeeAsync("retry", "working", stage.Say("overloaded once"), stays: false);
            await stage.SeeAsync("retry done", Done, () => Task.CompletedTask, "Answered after retries.");
            await stage.SeeAsync("API error", "needs-you/error", stage.Say("invalid"), "mock validation failure");
            await stage.ModeAsync("plan mode on");
            await stage.SeeAsync("plan", "needs-you/plan", stage.Say("plan it"), "Would you like to");
            await stage.SeeAsync("plan refused", "idle", stage.Press("Escape"));
            await stage.ModeAsync("manual mode on");
            var first = stage.NativeId;
            await stage.SeeAsync("/clear", Idle, stage.Say("/clear"));
            await stage.NativeIdAsync(id => id != first);
            await stage.SeeAsync("/resume", "needs-you/question", stage.Say("/resume"), "Enter to resume");
            await stage.SeeAsync("resumed", Idle, stage.Press("Enter"));
            await stage.NativeIdAsync(id => id == first);
            await stage.SeeAsync("exited", "ended", stage.Say("/exit"), "Resume this session with");
        }
    }

    [Fact]
    public async Task Claude_at_its_usage_limit_needs_a_person()
    {
        await using var stage = await StateStage.StartAsync("claude", await RealBoard.SubscribedAsync());
        await stage.SeeAsync("fresh", Idle, () => Task.CompletedTask);
        for (var round = 0; round < StateStage.Rounds; round++)
        {
            await stage.SeeAsync("usage limit", "needs-you/limit", stage.Say("usage limit"), "You've hit your");
            if (round == 0)
            {
                // It asks what to do once, and only tells of the limit after that.
                await stage.SeeAsync("limit waits", "idle|needs-you/limit", stage.Press("1"));
            }

            // A turn as short as this one is not always seen as one.
            await stage.SeeAsync("limit over", Idle, stage.Say($"say fine {round}"), $"● fine {round}");
        }
    }

    [Fact]
    public async Task Codex_is_shown_in_each_of_its_states()
    {
        await using var stage = await StateStage.StartAsync("codex", await RealBoard.StartAsync("codex"));
        for (var round = 0; round < StateStage.Rounds; round++)
        {
            await stage.SeeAsync("fresh", Idle, round == 0 ? () => Task.CompletedTask : stage.Press("Up", "Enter"), round == 0 ? null : "› Ask Codex");
            await TurnAsync(stage);
            await stage.SeeAsync("permission", "needs-you/permission", stage.Say($"escalate sleep 3; touch made-{round}"), "Would you like to run");
            await stage.SeeAsync("tool running", "working", stage.Press("y"));
            await stage.SeeAsync("tool done", Done, () => Task.CompletedTask, "The escalated command has been handled.");
            await stage.SeeAsync("permission", "needs-you/permission", stage.Say($"escalate touch not-{round}"), "Would you like to run");
            await stage.SeeAsync("permission refused", "idle", stage.Press("Escape"));
            await InterruptAsync(stage);
            await stage.ModeAsync("Plan mode");
            await stage.SeeAsync("question", "needs-you/question", stage.Say("ask me"), "› 1. SQLite");
            await stage.SeeAsync("question refused", "idle", stage.Press("Escape"));
            await stage.Press("BTab")();
            await stage.SeeAsync("compaction", "working", stage.Say("/compact"), stays: false);
            await stage.SeeAsync("compacted", Idle, () => Task.CompletedTask, "Context compacted");
            await stage.SeeAsync("API error", "needs-you/error", stage.Say("invalid"), "mock validation failure");
            await stage.SeeAsync("usage limit", "needs-you/limit", stage.Say("usage limit"), "hit your usage limit");
            await stage.SeeAsync("limit over", Idle, stage.Say($"say fine {round}"), $"• fine {round}");
            var first = stage.NativeId;
            await stage.SeeAsync("/new", Idle, stage.Say("/new"));
            await stage.SeeAsync("/resume", "needs-you/question", stage.Say("/resume"), "enter resume");
            await stage.SeeAsync("resumed", Idle, stage.Press("Enter"));
            await stage.NativeIdAsync(id => id == first);
            await stage.SeeAsync("exited", "ended", stage.Say("/quit"), "To continue this session");
        }
    }

    [Fact]
    public async Task Gemini_is_shown_in_each_of_its_states()
    {
        await using var stage = await StateStage.StartAsync("gemini", await RealBoard.StartAsync("gemini"));
        for (var round = 0; round < StateStage.Rounds; round++)
        {
            await stage.SeeAsync("fresh", Idle, round == 0 ? () => Task.CompletedTask : stage.Press("Up", "Enter"), round == 0 ? null : "Type your message");
            await TurnAsync(stage);
            await stage.SeeAsync("permission", "needs-you/permission", stage.Say($"run touch made-{round} && sleep 3"), "Allow execution");
            await stage.SeeAsync("tool running", "working", stage.Press("1"));
            await stage.SeeAsync("tool done", Done, () => Task.CompletedTask, "The command has run.");
            await stage.SeeAsync("permission", "needs-you/permission", stage.Say($"run touch not-{round}"), "Allow execution");
            await stage.SeeAsync("permission refused", "idle", stage.Press("Escape"));
            await stage.SeeAsync("question", "needs-you/question", stage.Say("ask me"), "● 1.  SQLite");
            await stage.SeeAsync("question refused", "idle", stage.Press("Escape"));
            await InterruptAsync(stage);
            await stage.SeeAsync("compacted", Idle, stage.Say("/compress"), "Chat history compressed");
            await stage.SeeAsync("API error", "needs-you/error", stage.Say("invalid"), "mock validation failure");
            await stage.SeeAsync("usage limit", "needs-you/limit", stage.Say("quota"), "Usage limit reached");
            await stage.SeeAsync("limit stays", "needs-you/limit", stage.Press("2"));
            // Its title is told once a second: a turn as short as this one may not have been seen.
            await stage.SeeAsync("limit over", Idle, stage.Say($"say fine {round}"), $"✦ fine {round}");
            await stage.SeeAsync("/clear", Idle, stage.Say("/clear"));
            await stage.SeeAsync("exited", "ended", stage.Say("/quit"), "To resume this session");
        }
    }

    [Fact]
    public async Task A_plan_of_Codex_waits_for_approval()
    {
        var board = await RealBoard.StartAsync("codex");
        await using var stage = await StateStage.StartAsync("codex", board);
        await board.Agents.PlayAsync(CodexPlans);
        await stage.SeeAsync("fresh", Idle, () => Task.CompletedTask);
        for (var round = 0; round < StateStage.Rounds; round++)
        {
            await stage.ModeAsync("Plan mode");
            await stage.SeeAsync("plan", "needs-you/plan", stage.Say($"propose {round}"), "Implement this plan?");
            await stage.SeeAsync("plan refused", Idle, stage.Press("Escape"));
        }
    }

    [Fact]
    public async Task A_terminal_that_Codex_leaves_running_and_its_retries_are_told()
    {
        var board = await RealBoard.StartAsync("codex");
        await using var stage = await StateStage.StartAsync("codex", board);
        await board.Agents.PlayAsync(CodexBehind);
        await stage.SeeAsync("fresh", Idle, () => Task.CompletedTask);
        for (var round = 0; round < StateStage.Rounds; round++)
        {
            await stage.SeeAsync("background terminal", "background", stage.Say($"leave it {round}"), "It goes on behind.");
            await stage.SeeAsync("background ended", Idle, () => Task.CompletedTask);
            await stage.SeeAsync("retry", "working", stage.Say($"break {round}"), stays: false);
            await stage.SeeAsync("retries used up", "needs-you/error", () => Task.CompletedTask);
        }
    }

    [Fact]
    public async Task A_plan_of_Gemini_waits_for_approval_and_a_session_to_resume_for_a_choice()
    {
        var board = await RealBoard.StartAsync("gemini");
        await using var stage = await StateStage.StartAsync("gemini", board);
        await board.Agents.PlayAsync(GeminiPlans);
        await stage.SeeAsync("fresh", Idle, () => Task.CompletedTask);
        for (var round = 0; round < StateStage.Rounds; round++)
        {
            await stage.ModeAsync("plan Shift+Tab");
            await stage.SeeAsync("plan", "needs-you/plan", stage.Say($"propose {round}"), "Ready to start implementation?");
            await stage.SeeAsync("plan refused", Idle, stage.Press("Escape"));
            await stage.SeeAsync("/resume", "needs-you/question", stage.Say("/resume"), "Chat Sessions");
            await stage.SeeAsync("picker left", Idle, stage.Press("Escape"));
        }
    }

    private static async Task TurnAsync(StateStage stage)
    {
        await stage.SeeAsync("working", "working", stage.Say("hold on"));
        await stage.SeeAsync("done", Done, stage.Release(), "Released.");
    }

    private static async Task InterruptAsync(StateStage stage)
    {
        await stage.SeeAsync("working", "working", stage.Say("stream it"));
        await stage.SeeAsync("interrupted", "idle", stage.Press("Escape"));
    }
}
