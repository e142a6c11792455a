using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Muse.Board.Deliveries;
using Muse.Board.Features.GetBoard;
using Muse.Board.Features.GetCard;
using Muse.Board.Features.ListDeliveries;
using Muse.Board.Tests.Adoption;
using Muse.Board.Tests.Tmux;
using Muse.Board.Tmux;
using Muse.Testing;

namespace Muse.Board.Tests.Deliveries;

/// <summary>Deliveries to the real program, from the endpoint to its own transcript.</summary>
public sealed class RealClaudeDeliveryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_text_arrives_once_as_it_was_written()
    {
        await using var real = await RealAgents.StartAsync("claude");
        await using var muse = await StartAsync(real);
        var card = await IdleAsync(muse);
        var pane = real.Adopted.Tmux.Servers.Panes.Single().Id;
        var cases = new List<string> { "one line", Lines(50), "Grüße, 日本語 🎉 end", "/not a command", "!not a shell", "#not a note", "@nobody here", "cut\u001b[201~short" };
        cases.AddRange(Enumerable.Range(1, 22).Select(i => $"message number {i} " + new string('x', i * 37)));
        var ends = new List<string>();

        foreach (var (text, i) in cases.Select((text, i) => (text, i)))
        {
            var draft = i % 10 == 5 ? $"draft {i} of a person" : null;
            await IdleAsync(muse);
            if (draft is not null)
            {
                await real.Adopted.Tmux.Writer.TypeAsync(pane, draft, Ct);
                await ShowsAsync(real, pane, draft);
            }

            if (i % 7 == 3)
            {
                real.Adopted.Tmux.Do(["copy-mode", "-t", pane.Pane]);
            }

            var end = await SendAsync(muse, card, text);
            ends.Add($"{i}: {end.State} {end.Evidence} {end.Reason}");
            if (draft is not null)
            {
                await ShowsAsync(real, pane, draft);
                await ClearAsync(real, pane);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', ends));
        Assert.All(ends, end => Assert.Contains(": consumed", end, StringComparison.Ordinal));
        var prompts = Prompts(real);
        Assert.Equal(cases.Select(c => DeliveryText.Clean(c).Trim()), prompts.Select(p => p.Trim()));
    }

    [Fact]
    public async Task A_permission_refuses_replies_and_is_answered_by_its_fingerprint()
    {
        await using var real = await RealAgents.StartAsync("claude");
        await using var muse = await StartAsync(real);
        var card = await IdleAsync(muse);
        await SendAsync(muse, card, "run touch made-by-the-test");
        await StateAsync(muse, c => c.State == "needs-you");
        await PrivateTmux.UntilAsync(() => CardOf(muse, card).Dialog is not null);

        using var refused = await muse.Client.PostAsJsonAsync($"/api/board/cards/{card}/reply", new { text = "1" }, Ct);
        using var stale = await muse.Client.PostAsJsonAsync($"/api/board/cards/{card}/answer", new { fingerprint = "0000", choice = "1" }, Ct);
        using var answered = await muse.Client.PostAsJsonAsync(
            $"/api/board/cards/{card}/answer", new { fingerprint = CardOf(muse, card).Dialog!.Fingerprint, choice = "1" }, Ct);

        Assert.Equal((409, 409, 202), ((int)refused.StatusCode, (int)stale.StatusCode, (int)answered.StatusCode));
        await PrivateTmux.UntilAsync(() => Deliveries(muse, card)[0] is { Kind: "answer", State: "consumed" });
        await PrivateTmux.UntilAsync(() => Directory.EnumerateFiles(real.Adopted.Tmux.Folder, "made-by-the-test", SearchOption.AllDirectories).Any());
    }

    private static Task<MuseHost> StartAsync(RealAgents real)
    {
        var tmux = real.Adopted.Tmux;
        real.Run("claude", "--permission-mode", "manual");
        return Task.FromResult(MuseHost.With(
            new Dictionary<string, string?>
            {
                ["Muse:Board:Live:Watch"] = "true",
                ["Muse:Board:Live:SocketFolder"] = tmux.Options.SocketFolder,
                ["Muse:Board:Live:Home"] = real.Adopted.Home,
                ["Muse:Board:Live:SweepSeconds"] = "1",
            },
            _ => { }));
    }

    private static async Task<string> IdleAsync(MuseHost muse) => (await StateAsync(muse, c => c.State is "idle" or "done")).Id;

    private static async Task<Board.Domain.CardView> StateAsync(MuseHost muse, Predicate<Board.Domain.CardView> isSo)
    {
        Board.Domain.CardView? found = null;
        await PrivateTmux.UntilAsync(() => (found = muse.GetAsync<GetBoard.Response>("/api/board").Result.Lanes.SelectMany(l => l.Cards).FirstOrDefault(c => c.Pane is not null && c.SessionId is not null && isSo(c))) is not null);
        return found!;
    }

    private static async Task<DeliveryView> SendAsync(MuseHost muse, string card, string text)
    {
        using var response = await muse.Client.PostAsJsonAsync($"/api/board/cards/{card}/reply", new { text }, Ct);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Ct));
        await PrivateTmux.UntilAsync(() => !DeliveryWords.IsOpen(Deliveries(muse, card)[0].State));
        return Deliveries(muse, card)[0];
    }

    private static IReadOnlyList<DeliveryView> Deliveries(MuseHost muse, string card) =>
        muse.GetAsync<ListDeliveries.Response>($"/api/board/cards/{card}/deliveries").Result.Deliveries;

    private static GetCard.Response CardOf(MuseHost muse, string card) => muse.GetAsync<GetCard.Response>($"/api/board/cards/{card}").Result;

    private static string Lines(int count) => string.Join('\n', Enumerable.Range(1, count).Select(i => $"line {i} of the text"));

    private static Task ShowsAsync(RealAgents real, PaneId pane, string text) =>
        PrivateTmux.UntilAsync(() => real.Adopted.Tmux.Servers.Capture(pane, Ct).Result.Ansi.Split('\n').Any(l => l.Contains('❯', StringComparison.Ordinal) && l.Contains(text, StringComparison.Ordinal)));

    private static async Task ClearAsync(RealAgents real, PaneId pane)
    {
        await real.Adopted.Tmux.Writer.PressAsync(pane, "C-u", Ct);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Ct);
    }

    /// <summary>What the model was given as the person's words.</summary>
    private static List<string> Prompts(RealAgents real) => [.. Directory
        .EnumerateFiles(Path.Combine(real.Adopted.Home, ".claude", "projects"), "*.jsonl", SearchOption.AllDirectories).SelectMany(File.ReadLines)
        .Select(line => JsonElement.Parse(line))
        .Where(r => r.GetProperty("type").GetString() == "user" && r.GetProperty("message").GetProperty("content").ValueKind == JsonValueKind.String)
        .Select(r => r.GetProperty("message").GetProperty("content").GetString()!)];
}
