using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Muse.Board.Deliveries;
using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Board.Features.ListDeliveries;
using Muse.Board.Live;
using Muse.Board.Processes;
using Muse.Board.Screens;
using Muse.Board.Tests.Tmux;
using Muse.Board.Tmux;
using Muse.BuildingBlocks.Web;
using Muse.Contracts.Sessions;
using Muse.Testing;

namespace Muse.Board.Tests.Deliveries;

/// <summary>A host whose only pane is a scripted one, with a card for it.</summary>
internal sealed class DeliveryBoard : IAsyncDisposable
{
    private readonly string _agent;
    private long _saidMs;

    public DeliveryBoard(string agent = "claude-code", ScriptedTerminal? terminal = null)
    {
        (_agent, Terminal) = (agent, terminal ?? new ScriptedTerminal());
        Card = SessionId.For("test", agent, "s");
        Muse = MuseHost.With(new Dictionary<string, string?>(), services => services
            .Replace(ServiceDescriptor.Singleton<IPaneSource>(Terminal))
            .Replace(ServiceDescriptor.Singleton<ITerminalWriter>(Terminal))
            .Replace(ServiceDescriptor.Singleton<IScreenReader>(Terminal)));
    }

    public ScriptedTerminal Terminal { get; }

    /// <summary>What runs in the pane; one that has ended, unless a test needs one that lives.</summary>
    public ProcessKey Process { get; init; } = new(7, "700");

    /// <summary>The test's own process, which lives.</summary>
    public static ProcessKey Alive => new(Environment.ProcessId, new ProcReader(new WorkCounters()).Stat(Environment.ProcessId)!.StartText);

    public MuseHost Muse { get; }

    public string Card { get; }

    public T Get<T>()
        where T : notnull => Muse.Services.GetRequiredService<T>();

    /// <summary>The agent is found in its pane, and its registry says this.</summary>
    public async Task SeenAsync(Claim claim = Claim.Idle)
    {
        Get<BoardInbox>().Tell(new ProcessSeen(_agent, Process, new PanePlace("/tmp/made-up", "%1"), "/home/ann/my shop", "s", NowMs));
        await SaysAsync(claim);
    }

    public Task SaysAsync(Claim claim)
    {
        Tell(claim);
        return Get<BoardInbox>().SettledAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The agent confirms what it takes.</summary>
    public void Confirms() => Terminal.OnSubmit = _ => Tell(Claim.Busy);

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string address, object? body = null)
    {
        using var response = await Muse.Client.PostAsJsonAsync(new Uri(address, UriKind.Relative), body ?? new { });
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> ReplyAsync(string text, string? key = null, bool asCommand = false) =>
        PostAsync($"/api/board/cards/{Card}/reply", new { text, asCommand, idempotencyKey = key });

    public async Task<(HttpStatusCode Status, JsonElement Body)> EditAsync(string id, string text)
    {
        using var response = await Muse.Client.PutAsJsonAsync(new Uri($"/api/board/deliveries/{id}", UriKind.Relative), new { text });
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> AnswerAsync(string fingerprint, params string[] choices) =>
        PostAsync($"/api/board/cards/{Card}/answer", new { fingerprint, choices });

    public async Task<List<DeliveryView>> ListAsync() =>
        (await Muse.GetAsync<ListDeliveries.Response>($"/api/board/cards/{Card}/deliveries")).Deliveries.ToList();

    /// <summary>Waits until the newest delivery is in this state.</summary>
    public async Task<DeliveryView> EndsAsync(string state)
    {
        await PrivateTmux.UntilAsync(() => ListAsync().GetAwaiter().GetResult().FirstOrDefault()?.State == state);
        return (await ListAsync())[0];
    }

    public ValueTask DisposeAsync() => Muse.DisposeAsync();

    private void Tell(Claim claim)
    {
        _saidMs = Math.Max(NowMs, _saidMs + 1);
        Get<BoardInbox>().Tell(new ProcessSays(
            Process, new EvidenceItem(_agent == "claude-code" ? EvidenceSource.Registry : EvidenceSource.Title, claim, claim == Claim.Asks ? NeedReason.Permission : null, null, _saidMs)));
    }

    private static long NowMs => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}
