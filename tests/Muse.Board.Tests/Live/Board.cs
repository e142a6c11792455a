using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Board.Features.GetBoard;
using Muse.Board.Features.GetCard;
using Muse.Board.Live;
using Muse.BuildingBlocks.Web;
using Muse.Contracts.Sessions;
using Muse.Testing;

namespace Muse.Board.Tests.Live;

/// <summary>A host on a clock of its own, told what the watchers would tell it.</summary>
public sealed class Board : IAsyncDisposable
{
    public Board()
    {
        Clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        Muse = MuseHost.At(Clock);
    }

    public FakeTimeProvider Clock { get; }

    public MuseHost Muse { get; }

    public long NowMs => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public long Work(string counter) => Muse.Services.GetRequiredService<WorkCounters>()[counter];

    public static string CardOf(string nativeId, string agent = "claude-code") => SessionId.For("test", agent, nativeId);

    public async Task SettleAsync() => await Muse.SettleAsync();

    /// <summary>Time goes by, and the board looks.</summary>
    public async Task WaitAsync(double seconds)
    {
        Clock.Advance(TimeSpan.FromSeconds(seconds));
        await Muse.SettleAsync();
    }

    public ValueTask DisposeAsync() => Muse.DisposeAsync();

    internal async Task TellAsync(params BoardInput[] inputs)
    {
        foreach (var input in inputs)
        {
            Assert.True(Muse.Services.GetRequiredService<BoardInbox>().Tell(input));
        }

        await Muse.SettleAsync();
    }

    internal Task SeenAsync(int pid, string? nativeId, string agent = "claude-code", string? pane = "%1") => TellAsync(
        new ProcessSeen(agent, Process(pid), pane is null ? null : new PanePlace("/tmp/tmux/default", pane), "/home/ann/shop", nativeId, NowMs));

    internal Task SaysAsync(int pid, Claim claim, NeedReason? reason = null, EvidenceSource source = EvidenceSource.Registry, string? detail = null)
    {
        // Of two claims of one moment the more urgent would count.
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        return TellAsync(new ProcessSays(Process(pid), new EvidenceItem(source, claim, reason, detail, NowMs)));
    }

    internal Task GoneAsync(int pid) => TellAsync(new ProcessGone(Process(pid), NowMs));

    internal Task<GetBoard.Response> GetAsync() => Muse.GetAsync<GetBoard.Response>("/api/board");

    internal async Task<CardView> CardAsync(string id) => (await ExplainAsync(id)).Card;

    internal Task<GetCard.Response> ExplainAsync(string id) => Muse.GetAsync<GetCard.Response>($"/api/board/cards/{id}");

    public async Task<HttpStatusCode> PostAsync(string address)
    {
        using var response = await Muse.Client.PostAsync(new Uri(address, UriKind.Relative), null);
        return response.StatusCode;
    }

    public async Task<(HttpStatusCode Status, string Body)> HookAsync(string agent, HttpContent content)
    {
        using var response = await Muse.Client.PostAsync(new Uri($"/api/hooks/{agent}", UriKind.Relative), content);
        await Muse.SettleAsync();
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public Task<(HttpStatusCode Status, string Body)> HookAsync(string agent, object payload) => HookAsync(agent, JsonContent.Create(payload));

    internal static ProcessKey Process(int pid) => new(pid, $"{pid}00");
}
