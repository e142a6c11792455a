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
        var sent = _sent.ConvertAll(s => s with { Arrived = s.Arrived ?? Count(prompts, s) });
        var figures = sent.GroupBy(s => s.Kind, StringComparer.Ordinal).Select(g => Figures(g.Key, [.. g]));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', figures));
        if (Environment.GetEnvironmentVariable("MUSE_DELIVERIES_REPORT") is { Length: > 0 } report)
        {
            await File.WriteAllLinesAsync(report, figures.Concat(sent.Where(s => s.End.State != "consumed").Select(s => $"{s.Kind}: {s.End.State} {s.End.Reason} arrived {s.Arrived}")), Ct);
        }

        Assert.All(sent, s => Assert.True(s.Arrived <= 1, $"{s.Kind} arrived {s.Arrived} times"));
        Assert.All(sent.Where(s => s.End.State == "consumed"), s => Assert.True(s.Arrived == 1, $"{s.Kind} '{s.End.Text[..Math.Min(60, s.End.Text.Length)]}' is consumed and did not arrive: {s.End.Evidence}"));
        Assert.All(sent.Where(s => s.End.State == "refused"), s => Assert.True(s.Arrived == 0, $"{s.Kind} is refused and arrived"));
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
        var (text, pane) = (Long(1), board.Pane.Pane);
        await board.ReplyAsync(card, text);
        await PrivateTmux.UntilAsync(() => board.Find(card, text)!.State == midway || !DeliveryWords.IsOpen(board.Find(card, text)!.State));

        board.Tmux.Do(kill == "kill-pane" ? [kill, "-t", pane] : [kill]);

        var sent = new Sent(kill, await board.EndAsync(card, text));
        await board.EndedAsync(card);
        // Of what was only typed, nothing is in doubt once the program is gone. Where it died between Enter and its first record, nobody can
        // say; and that Enter is about to be pressed is stored before tmux may say that it could not be.
        Assert.Contains(sent.End.State, sent.End.SubmittedAtMs is null ? (string[])["refused"] : ["consumed", "refused", "indeterminate"]);
        Assert.True(midway != "typed" || sent.End.SubmittedAtMs is null, "It was submitted before the terminal could be killed.");
        Assert.Equal(sent.End.State == "consumed" ? 1 : 0, Count(board.Prompts(), sent));
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
        var (stale, _) = await board.PostAsync($"/api/board/cards/{card}/answer", new { fingerprint = "0000", choice = "1" });
        var (answered, _) = await board.PostAsync($"/api/board/cards/{card}/answer", new { fingerprint = board.CardOf(card).Dialog!.Fingerprint, choice = "1" });

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.Accepted), (refused, stale, answered));
        Assert.Equal("consumed", (await board.EndAsync(card, "Yes")).State);
        await PrivateTmux.UntilAsync(() => Directory.EnumerateFiles(board.Tmux.Folder, "made-by-the-test", SearchOption.AllDirectories).Any());
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
                await SendAsync(board, card, "20 KB", Long(i));
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

    private static string Long(int i) => string.Concat(Enumerable.Range(0, 3_500).Select(n => n % 14 == 13 ? $"{n}of{i}\n" : $"{n}of{i} "))[..20_000].Trim();

    private static int Count(List<string> prompts, Sent sent) => prompts.Count(p => p.Trim().Normalize() == DeliveryText.Clean(sent.End.Text).Trim().Normalize());

    private static string Figures(string kind, List<Sent> sent)
    {
        var times = sent.Where(s => s.End.State == "consumed").Select(s => s.End.EndedAtMs!.Value - s.End.CreatedAtMs).Order().ToList();
        var states = string.Join(", ", sent.GroupBy(s => s.End.State, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}"));
        return times.Count == 0 ? $"{kind}: {states}" : $"{kind}: {states}; {times[times.Count / 2]} ms p50, {times[(int)Math.Min(times.Count - 1, times.Count * 0.99)]} ms p99";
    }

    /// <param name="Arrived">How often the transcript holds it.</param>
    private sealed record Sent(string Kind, DeliveryView End, int? Arrived = null);
}
