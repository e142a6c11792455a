using System.Globalization;
using System.Net;
using Muse.Board.Deliveries;
using Muse.Board.Tests.Tmux;

namespace Muse.Board.Tests.Deliveries;

/// <summary>
/// Deliveries to the real program, from the endpoint to its own transcript, which alone says what happened. MUSE_DELIVERIES asks
/// for more of them than one of each kind.
/// </summary>
public sealed class RealClaudeDeliveryTests
{
    private const int Kinds = 13;
    private readonly List<Sent> _sent = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_delivery_ends_in_the_state_that_truly_happened()
    {
        await using var board = await RealBoard.StartAsync("claude");
        var count = int.Parse(Environment.GetEnvironmentVariable("MUSE_DELIVERIES") ?? $"{Kinds}", CultureInfo.InvariantCulture);
        for (var i = 0; i < count; i++)
        {
            await OneAsync(board, i);
        }

        var prompts = board.Prompts();
        var sent = _sent.ConvertAll(s => s with { Arrived = s.Arrived ?? Sent.Count(prompts, s) });
        await Sent.ReportAsync(sent, "claude");
        Sent.AssertTrue(sent);
        Assert.All(sent.Where(s => s.Kind != "dialog"), s => Assert.True(s.End.State == "consumed", $"{s.Kind}: {s.End.State} {s.End.Reason}"));
    }

    // Midway: while it is typed, and right after Enter.
    [Theory]
    [InlineData("kill-pane", "typed")]
    [InlineData("kill-pane", "submitted")]
    [InlineData("kill-server", "typed")]
    [InlineData("kill-server", "submitted")]
    public async Task A_delivery_whose_terminal_is_killed_midway_ends_in_the_state_that_truly_happened(string kill, string midway)
    {
        await using var board = await RealBoard.StartAsync("claude");
        var card = await board.IdleAsync();
        var (text, pane) = (Sent.Long(1), board.Pane.Pane);
        await board.ReplyAsync(card, text);
        await PrivateTmux.UntilAsync(() => board.Find(card, text)!.State == midway || !DeliveryWords.IsOpen(board.Find(card, text)!.State));

        board.Tmux.Do(kill == "kill-pane" ? [kill, "-t", pane] : [kill]);

        var sent = new Sent(kill, await board.EndAsync(card, text));
        await board.EndedAsync(card);
        // Of what was only typed, nothing is in doubt once the program is gone. Where it died between Enter and its first record, nobody can
        // say; and that Enter is about to be pressed is stored before tmux may say that it could not be.
        Assert.Contains(sent.End.State, sent.End.SubmittedAtMs is null ? (string[])["refused"] : ["consumed", "refused", "indeterminate"]);
        Assert.True(midway != "typed" || sent.End.SubmittedAtMs is null, "It was submitted before the terminal could be killed.");
        Assert.Equal(sent.End.State == "consumed" ? 1 : 0, Sent.Count(board.Prompts(), sent));
    }

    // Muse is started anew while the first of two is typed, and right after its Enter.
    [Theory]
    [InlineData("typed")]
    [InlineData("submitted")]
    public async Task After_a_restart_nothing_is_lost_and_nothing_is_sent_twice(string midway)
    {
        await using var board = await RealBoard.StartAsync("claude");
        var card = await board.IdleAsync();
        var (first, second) = (Sent.Long(1), "say after the restart");
        await board.ReplyAsync(card, first);
        await board.ReplyAsync(card, second);
        await PrivateTmux.UntilAsync(() => board.Find(card, first)!.State == midway || !DeliveryWords.IsOpen(board.Find(card, first)!.State));
        Assert.Equal("queued", board.Find(card, second)!.State);

        await board.Muse.RestartAsync();

        var (one, two) = (new Sent("first", await board.EndAsync(card, first)), new Sent("second", await board.EndAsync(card, second)));
        await board.IdleAsync();
        var prompts = board.Prompts();
        var arrived = Sent.Count(prompts, one);
        Assert.Equal(("consumed", 1), (two.End.State, Sent.Count(prompts, two)));
        Assert.True(one.End.State == "consumed" ? arrived == 1 : one.End.State == "indeterminate" && arrived <= 1, $"{one.End.State} {one.End.Reason} arrived {arrived}");
        Assert.True(one.End.SubmittedAtMs is not null || arrived == 0, "It was not submitted and arrived.");
        // No prompt holds a part of the first, or both.
        Assert.True(prompts.Count == arrived + 1, $"{one.End.State} arrived {arrived}; {string.Join("; ", prompts.Select(p => $"{p.Length}: {p[..Math.Min(80, p.Length)]}…{p[^Math.Min(40, p.Length)..]}"))}");
    }

    [Fact]
    public async Task A_permission_refuses_replies_and_is_answered_by_its_fingerprint()
    {
        await using var board = await RealBoard.StartAsync("claude");
        var card = await board.IdleAsync();
        await board.SendAsync(card, "run touch made-by-the-test");
        await board.StateAsync(c => c.State == "needs-you");
        await PrivateTmux.UntilAsync(() => board.CardOf(card).Dialog is not null);

        var (refused, _) = await board.ReplyAsync(card, "1");
        var (stale, _) = await board.PostAsync($"/api/board/cards/{card}/answer", new { fingerprint = "0000", choices = (string[])["1"] });
        var (answered, _) = await board.PostAsync($"/api/board/cards/{card}/answer", new { fingerprint = board.CardOf(card).Dialog!.Fingerprint, choices = (string[])["1"] });

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.Accepted), (refused, stale, answered));
        Assert.Equal("consumed", (await board.EndAsync(card, "Yes")).State);
        await PrivateTmux.UntilAsync(() => Directory.EnumerateFiles(board.Tmux.Folder, "made-by-the-test", SearchOption.AllDirectories).Any());
    }

    [Fact]
    public async Task Several_questions_are_answered_in_turn_and_boxes_are_ticked()
    {
        await using var board = await RealBoard.StartAsync("claude");
        var card = await board.IdleAsync();
        await board.SendAsync(card, "ask many");

        var boxes = await board.AsksAsync(card, "Which features do you want?");
        Assert.Equal((true, 1, 2), (boxes.MultiSelect, boxes.Step?.Number, boxes.Step?.Count));
        await board.AnswerAsync(card, boxes, "Search", "Sharing");
        var errors = await board.AsksAsync(card, "How should errors be shown?");
        Assert.Equal((false, 2, 2), (errors.MultiSelect, errors.Step?.Number, errors.Step?.Count));
        await board.AnswerAsync(card, errors, "Inline");
        await board.AnswerAsync(card, await board.AsksAsync(card, "Review your answers"), "Submit answers");
        await board.IdleAsync();

        var answers = Assert.Single(board.Records(), r => r.Contains("\"toolUseResult\"", StringComparison.Ordinal));
        Assert.Contains("\"Which features do you want?\":\"Search, Sharing\"", answers, StringComparison.Ordinal);
        Assert.Contains("\"How should errors be shown?\":\"Inline\"", answers, StringComparison.Ordinal);
    }

    private async Task OneAsync(RealBoard board, int i)
    {
        var card = await board.IdleAsync();
        switch (i % Kinds)
        {
            case 0:
                await SendAsync(board, card, "one line", $"line {i}");
                break;
            case 1:
                await SendAsync(board, card, "50 lines", string.Join('\n', Enumerable.Range(1, 50).Select(n => $"line {n} of text {i}")));
                break;
            case 2:
                await SendAsync(board, card, "20 KB", Sent.Long(i));
                break;
            case 3:
                await SendAsync(board, card, "Unicode", $"Grüße, e\u0301te\u0301 mañana, 日本語, \u05e9\u05dc\u05d5\u05dd 🎉 {i} end");
                break;
            case 4:
                await SendAsync(board, card, "leading /", $"/not a command {i}");
                break;
            case 5:
                await SendAsync(board, card, "leading !", $"!not a shell {i}");
                break;
            case 6:
                await SendAsync(board, card, "leading #", $"#not a note {i}");
                break;
            case 7:
                await SendAsync(board, card, "leading @", $"@nobody here {i}");
                break;
            case 8:
                await SendAsync(board, card, "ESC[201~", $"before\u001b[201~behind {i}");
                break;
            case 9:
                await board.SendAsync(card, "wait 4000");
                await SendAsync(board, card, "while working", $"while it works {i}");
                break;
            case 10:
                board.Tmux.Do(["copy-mode", "-t", board.Pane.Pane]);
                await SendAsync(board, card, "copy mode", $"in copy mode {i}");
                Assert.Equal("1", board.Tmux.Do(["display-message", "-p", "-t", board.Pane.Pane, "#{pane_in_mode}"]).Trim());
                board.Tmux.Do(["copy-mode", "-q", "-t", board.Pane.Pane]);
                break;
            case 11:
                await DraftAsync(board, card, i);
                break;
            case 12:
                await DialogAsync(board, card, i);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(i));
        }
    }

    private async Task SendAsync(RealBoard board, string card, string kind, string text) => _sent.Add(new Sent(kind, await board.SendAsync(card, text)));

    private async Task DraftAsync(RealBoard board, string card, int i)
    {
        var draft = $"draft {i} of a person";
        await board.Tmux.Writer.TypeAsync(board.Pane, draft, Ct);
        await board.ShowsAsync("❯\u00a0" + draft);
        await SendAsync(board, card, "draft", $"beside a draft {i}");
        await board.ShowsAsync("❯\u00a0" + draft);
        await board.Tmux.Writer.PressAsync(board.Pane, "C-u", Ct);
        await PrivateTmux.UntilAsync(() => !board.Screen().Contains("❯\u00a0" + draft, StringComparison.Ordinal));
    }

    private async Task DialogAsync(RealBoard board, string card, int i)
    {
        await board.SendAsync(card, $"run touch must-not-be-{i}");
        await board.StateAsync(c => c is { State: "needs-you", Reason: "permission" });
        // Sent while it says that it waits and has not drawn the dialog, every other time.
        if (i % 2 == 0)
        {
            await PrivateTmux.UntilAsync(() => board.CardOf(card).Dialog is not null);
        }

        await board.ReplyAsync(card, $"1 into a dialog {i}");
        _sent.Add(new Sent("dialog", await board.EndAsync(card, $"1 into a dialog {i}")));
        await PrivateTmux.UntilAsync(() => board.CardOf(card).Dialog is not null);
        await board.Tmux.Writer.PressAsync(board.Pane, "Escape", Ct);
        await board.IdleAsync();
        Assert.Empty(Directory.EnumerateFiles(board.Tmux.Folder, "must-not-be-*", SearchOption.AllDirectories));
    }
}
