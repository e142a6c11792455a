using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muse.Board.Features.ListHooks;
using Muse.Board.Hooks;
using Muse.Board.Persistence;

namespace Muse.Board.Tests.Hooks;

public sealed class ReceiveHookTests : IAsyncDisposable
{
    private readonly Live.Board _board = new();

    public ValueTask DisposeAsync() => _board.DisposeAsync();

    public static TheoryData<string> Shapes { get; } = new(
        "", " ", "null", "7", "\"text\"", "[]", "[1,2]", "{}", "{", "{\"a\":", "\u0000", "nonsense", "{\"hook_event_name\":7}", "{\"hook_event_name\":null,\"session_id\":{}}",
        "{\"hook_event_name\":\"Stop\",\"session_id\":[\"s\"],\"background_tasks\":\"none\"}",
        "{\"hook_event_name\":\"Stop\",\"session_id\":\"s\",\"background_tasks\":[1,null,{}],\"last_assistant_message\":{}}",
        "{\"hook_event_name\":\"PermissionRequest\",\"session_id\":\"s\",\"tool_name\":3,\"tool_input\":[]}",
        "{\"hook_event_name\":\"PermissionRequest\",\"session_id\":\"s\",\"tool_name\":\"AskUserQuestion\",\"tool_input\":{\"questions\":[7]}}",
        "{\"hook_event_name\":\"Notification\",\"session_id\":\"s\",\"notification_type\":\"ToolPermission\",\"details\":\"x\"}",
        "{\"hook_event_name\":\"\\ud800\",\"session_id\":\"\\udfff\"}", "{\"\\ud800\":1,\"hook_event_name\":\"Stop\",\"session_id\":\"s\"}",
        "{\"hook_event_name\":\"Stop\",\"session_id\":\"s\",\"timestamp\":\"tomorrow\"}",
        "{\"hook_event_name\":\"Stop\",\"session_id\":\"s\"}{}",
        new string('[', 5000), $"{{\"hook_event_name\":\"{new string('x', 5000)}\",\"session_id\":\"{new string('y', 5000)}\"}}");

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Whatever_comes_is_counted_and_answered_with_nothing(string payload)
    {
        var (status, body) = await _board.HookAsync("claude-code", new StringContent(payload, Encoding.UTF8));

        Assert.Equal((HttpStatusCode.NoContent, ""), (status, body));
        Assert.Equal(1, (await CountsAsync()).Sum(c => c.Count));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_counted()
    {
        var (status, _) = await _board.HookAsync("codex", new ByteArrayContent([0xff, 0xfe, 0x00, 0x80]));

        Assert.Equal((HttpStatusCode.NoContent, "codex unknown 1 1"), (status, Text(Assert.Single(await CountsAsync()))));
    }

    [Fact]
    public async Task What_is_too_large_is_counted_and_kept_cut()
    {
        var large = new string('x', HookBody.MostBytes + 100);

        var (status, _) = await _board.HookAsync("gemini", new { hook_event_name = "BeforeAgent", session_id = "s", prompt = large });

        Assert.Equal((HttpStatusCode.NoContent, "gemini unknown 1 1"), (status, Text(Assert.Single(await CountsAsync()))));
        var row = Assert.Single(await RowsAsync());
        Assert.Equal(("too-large", HookBody.KeptBytes, true), (row.Problem, row.Payload.Length, row.SizeBytes > HookBody.MostBytes));
    }

    [Fact]
    public async Task The_inbox_keeps_the_newest_and_counts_all()
    {
        for (var i = 0; i < 1010; i++)
        {
            using var content = new StringContent($"{{\"hook_event_name\":\"PreToolUse\",\"session_id\":\"s\",\"n\":{i}}}");
            using var response = await _board.Muse.Client.PostAsync(new Uri("/api/hooks/claude-code", UriKind.Relative), content);
        }

        await _board.SettleAsync();

        var rows = await RowsAsync();
        Assert.Equal((1000, 1010), (rows.Count, (await CountsAsync()).Sum(c => c.Count)));
        Assert.Contains("\"n\":1009", Encoding.UTF8.GetString(rows[^1].Payload), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_without_end_are_counted_together()
    {
        for (var i = 0; i < 210; i++)
        {
            using var content = new StringContent($"{{\"hook_event_name\":\"E{i}\",\"session_id\":\"s\"}}");
            using var response = await _board.Muse.Client.PostAsync(new Uri("/api/hooks/claude-code", UriKind.Relative), content);
        }

        await _board.SettleAsync();

        var counts = await CountsAsync();
        Assert.Equal((201, 10), (counts.Count, counts.Single(c => c.Event == "other").Count));
    }

    [Fact]
    public async Task An_agent_that_is_not_known_is_404()
    {
        var (status, body) = await _board.HookAsync("cobol", new { hook_event_name = "Stop", session_id = "s" });

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("agent-not-known", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_makes_a_card_with_a_state()
    {
        await _board.HookAsync("claude-code", new
        {
            hook_event_name = "PermissionRequest", session_id = "s", cwd = "/home/ann/shop", tool_name = "Bash", tool_input = new { command = "make clean" },
        });

        var card = await _board.CardAsync(Live.Board.CardOf("s"));

        Assert.Equal(
            ("needs-you", "permission", "Bash: make clean", "hook", "shop"), (card.State, card.Reason, card.Detail, card.Source, card.Project));
    }

    [Fact]
    public async Task A_late_notice_does_not_hide_what_was_asked()
    {
        await _board.HookAsync("claude-code", new { hook_event_name = "PermissionRequest", session_id = "s", tool_name = "ExitPlanMode" });
        _board.Clock.Advance(TimeSpan.FromSeconds(6));

        await _board.HookAsync("claude-code", new { hook_event_name = "Notification", session_id = "s", notification_type = "permission_prompt" });

        Assert.Equal("plan", (await _board.CardAsync(Live.Board.CardOf("s"))).Reason);
    }

    [Fact]
    public async Task Hidden_threads_make_no_card()
    {
        await _board.HookAsync("codex", new Dictionary<string, string> { ["type"] = "agent-turn-complete", ["thread-id"] = "hidden" });

        Assert.Empty((await _board.GetAsync()).Lanes.SelectMany(l => l.Cards));
        Assert.Equal("codex notify 1 0", Text(Assert.Single(await CountsAsync())));
    }

    private async Task<IReadOnlyList<ListHooks.EventCount>> CountsAsync() => (await _board.Muse.GetAsync<ListHooks.Response>("/api/hooks")).Events;

    private async Task<List<HookRow>> RowsAsync()
    {
        await using var scope = _board.Muse.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BoardDbContext>().Hooks.OrderBy(h => h.Id).ToListAsync();
    }

    private static string Text(ListHooks.EventCount count) => $"{count.Agent} {count.Event} {count.Count} {count.Problems}";
}
