namespace Muse.Board.Tests.Screens;

/// <summary>What each capture of the real programs must be read as: by its state's name, at each of its sizes.</summary>
public sealed class CaptureTableTests
{
    private const string ClaudeCode = """
        shell-before, exited, onboarding-offline: ended
        trust-dialog, api-key-dialog, onboarding-theme, not-logged-in-after-send: needs-you login
        auto-mode-offer, bypass-dialog: needs-you question
        question, question-second, question-multi, question-multi-checked, question-multi-second, question-multi-submit: needs-you question
        model-picker, status-dialog, rewind-menu, resume-picker, resume-picker-inside, background-list: needs-you question
        permission-bash, permission-amend, permission-write, permission-edit: needs-you permission
        plan-approval: needs-you plan
        api-error-529, api-error-500, api-error-429, api-error-400, api-error-401, api-error-credit: needs-you error
        api-error-prompt-too-long, context-full: needs-you error
        usage-limit, usage-limit-esc: needs-you limit
        working, working-34s, working-draft, working-queued, working-thinking, working-streaming, working-bash: working
        api-retry-500, api-retry-500-later, api-retry-429, api-retry-529, compacting, compacting-auto: working
        background-running, background-pill-focused, working-subagent: background
        transcript-view: unknown
        auth-conflict, not-logged-in, fresh-prompt, fresh-prompt-subscription, draft-cleared, shortcuts: idle
        draft, draft-multiline, draft-long-paste, slash-menu, slash-menu-filtered, bash-mode, bash-mode-draft, at-mention, hash-typed: idle
        idle-after-queued, idle-after-thinking, idle-after-answer, idle-after-write, idle-after-edit, idle-after-question: idle
        idle-after-subagent, interrupted, interrupted-tool, permission-denied, plan-mode, plan-rejected, bash-mode-done: idle
        mode-accept-edits, mode-after-shift-tab, mode-auto, api-retry-interrupted, api-error-cut, usage-warning: idle
        compacted, compacted-auto, context-low, ctrl-c-once, resumed, renamed: idle
        """;

    private const string Codex = """
        exited, ctrl-c-once: ended
        trust-dialog, login: needs-you login
        model-offer, hooks-review, question, usage-warning, resume-picker, model-picker, permissions-picker, esc-esc: needs-you question
        permission-command, permission-patch: needs-you permission
        api-error-429, api-error-500, api-error-503, api-error-400, api-error-401, api-error-context, api-error-cut: needs-you error
        usage-limit: needs-you limit
        working, working-draft, working-enter, working-tab-queued, working-thinking, working-streaming, working-command, compacting: working
        interrupted-command: background
        fresh-prompt, draft, draft-ctrl-c, draft-multiline, draft-long-paste, slash-menu, bash-mode, bash-mode-done, shortcuts: idle
        idle-after-queued, idle-after-thinking, idle-after-answer, idle-after-approval, idle-after-patch, idle-after-patch-auto: idle
        idle-after-question, interrupted, permission-denied, plan-mode, status, compacted, context-low, renamed, resumed: idle
        """;

    private const string Gemini = """
        exited: ended
        trust-dialog, login: needs-you login
        permission-shell, permission-write, permission-edit: needs-you permission
        question, resume-picker: needs-you question
        quota-exceeded: needs-you limit
        api-error-400, api-error-401: needs-you error
        working, working-draft, working-queued, working-thinking, working-streaming, working-shell: working
        api-retry-429, api-retry-500, api-retry-cut: working
        fresh-prompt, draft, draft-ctrl-c, draft-multiline, draft-long-paste, slash-menu, bash-mode, bash-mode-done, shortcuts: idle
        idle-after-queued, idle-after-thinking, idle-after-answer, idle-after-write, idle-after-question, interrupted: idle
        interrupted-shell, permission-denied, stats, mode-after-shift-tab, mode-yolo, ctrl-c-once: idle
        """;

    // Without colours a draft of an idle session looks like one typed while a turn runs: nobody may call that idle.
    private static readonly HashSet<string> NeedColours = new(StringComparer.Ordinal)
    {
        "draft", "draft-multiline", "draft-long-paste", "slash-menu", "slash-menu-filtered", "bash-mode", "bash-mode-draft", "at-mention", "hash-typed",
        "interrupted", "api-retry-interrupted",
    };

    // Its plain file was taken while the program redrew: the box is there, what stands above and below it is not.
    private const string Torn = "gemini working-thinking 200x50";

    public static TheoryData<string, string, string> Rows => [.. Table("claude-code", ClaudeCode), .. Table("codex", Codex), .. Table("gemini", Gemini)];

    internal static string Expected(Capture capture) =>
        Rows.Single(r => r.Data.Item1 == capture.Agent && r.Data.Item2 == capture.State).Data.Item3;

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_state_is_recognised_at_each_size(string agent, string state, string expected)
    {
        Assert.SkipWhen(Captures.Folder is null, Captures.Missing);
        var captures = Captures.All.Where(c => c.Agent == agent && c.State == state).ToList();

        Assert.NotEmpty(captures);
        Assert.All(captures, c => Assert.Equal((c.Size, expected), (c.Size, Reading.StateOf(agent, c.Coloured))));
        Assert.All(captures, c => Assert.Equal((c.Size, expected), (c.Size, Reading.StateOf(agent, c.OfUnknownSize))));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_state_is_recognised_without_colours_where_they_are_not_needed(string agent, string state, string expected)
    {
        Assert.SkipWhen(Captures.Folder is null, Captures.Missing);
        var plain = agent == "claude-code" && NeedColours.Contains(state) ? "unknown" : expected;

        var captures = Captures.All.Where(c => c.Agent == agent && c.State == state && c.ToString() != Torn);

        Assert.All(captures, c => Assert.Equal((c.Size, plain), (c.Size, Reading.StateOf(agent, c.Uncoloured))));
    }

    [Fact]
    public void Half_a_redrawn_screen_is_unknown()
    {
        Assert.SkipWhen(Captures.Folder is null, Captures.Missing);

        Assert.Equal("unknown", Reading.StateOf("gemini", Captures.All.Single(c => c.ToString() == Torn).Uncoloured));
    }

    [Fact]
    public void Every_capture_is_in_the_table()
    {
        Assert.SkipWhen(Captures.Folder is null, Captures.Missing);

        var missing = Captures.All.Select(c => $"{c.Agent} {c.State}").Except(Rows.Select(r => $"{r.Data.Item1} {r.Data.Item2}"));

        Assert.Empty(missing);
    }

    [Fact]
    public void A_screen_of_one_agent_is_not_taken_for_another_ones()
    {
        Assert.SkipWhen(Captures.Folder is null, Captures.Missing);
        string[] agents = ["claude-code", "codex", "gemini"];

        var taken = Captures.All.SelectMany(c => agents.Where(a => a != c.Agent).Select(a => (c, a, verdict: Reading.Reader.Read(a, c.OfUnknownSize with { Title = "" }))))
            .Where(t => t.verdict.State is Domain.CardState.Idle or Domain.CardState.Working || t.verdict.Dialog is not null)
            .Select(t => $"{t.c} by {t.a}: {t.verdict.Rule}");

        Assert.Empty(taken);
    }

    private static IEnumerable<TheoryDataRow<string, string, string>> Table(string agent, string rows) => rows.Split('\n')
        .Select(row => row.Split(": "))
        .SelectMany(row => row[0].Split(", ").Select(state => new TheoryDataRow<string, string, string>(agent, state, row[1])));
}
