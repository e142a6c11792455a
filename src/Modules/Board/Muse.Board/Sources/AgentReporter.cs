using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Muse.Board.Adoption;
using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Board.Tmux;
using Muse.Board.Watching;

namespace Muse.Board.Sources;

/// <summary>Tells the board what the watchers see of processes, of Claude's registry and of panes, and has screens looked at when something changed.</summary>
internal sealed class AgentReporter(IAgentSource agents, IPaneSource panes, IBoardEvidence board, ScreenLooks looks, TimeProvider clock) : BackgroundService
{
    /// <summary>From the first look at all processes until each has its session: Codex and Gemini may name theirs only when they draw.</summary>
    private static readonly TimeSpan MatchedWithin = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<PaneId, AgentProcess> _inPanes = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await Task.WhenAll(FollowAgentsAsync(stoppingToken), FollowPanesAsync(stoppingToken), TellWhenListedAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The house closes.
        }
    }

    private async Task FollowAgentsAsync(CancellationToken ct)
    {
        await foreach (var change in agents.Changes(ct))
        {
            // Headless runs end by themselves and nobody can answer them.
            if (change.Now is null or { Headless: true })
            {
                Lose(change.Before);
                continue;
            }

            Report(change.Before, change.Now);
        }
    }

    private async Task TellWhenListedAsync(CancellationToken ct)
    {
        await agents.FirstLook.WaitAsync(ct);
        await Task.Delay(MatchedWithin, clock, ct);
        board.Tell(new ProcessesListed(NowMs));
    }

    private void Report(AgentProcess? before, AgentProcess now)
    {
        if (before?.Pane is { } left && left != now.Pane)
        {
            Release(left, before);
        }

        board.Tell(new ProcessSeen(now.Agent, KeyOf(now), PlaceOf(now.Pane), now.Cwd, now.NativeSessionId, NowMs));
        if (now.Registry is { } registry && Claims.Of(registry, NowMs) is { } said)
        {
            board.Tell(new ProcessSays(KeyOf(now), said));
        }

        if (now.Pane is not { } pane)
        {
            return;
        }

        var isNew = !_inPanes.TryGetValue(pane, out var known) || known.Key != now.Key;
        _inPanes[pane] = now;
        if (isNew)
        {
            looks.Watch(pane, now.Agent, KeyOf(now));
            TellTitle(now, panes.Panes.FirstOrDefault(p => p.Id == pane)?.Title);
        }
        else if (before?.Registry != now.Registry || before?.NativeSessionId != now.NativeSessionId)
        {
            looks.Ask(pane);
        }
    }

    private void Lose(AgentProcess? gone)
    {
        if (gone is not null)
        {
            board.Tell(new ProcessGone(KeyOf(gone), NowMs));
            if (gone.Pane is { } pane)
            {
                Release(pane, gone);
            }
        }
    }

    private void Release(PaneId pane, AgentProcess process)
    {
        // Another agent may have been started in the pane already.
        if (_inPanes.TryGetValue(pane, out var known) && known.Key == process.Key)
        {
            _inPanes.TryRemove(pane, out _);
            looks.Forget(pane);
        }
    }

    private async Task FollowPanesAsync(CancellationToken ct)
    {
        await foreach (var change in panes.Changes(ct))
        {
            if (change.Now is not { } now || !_inPanes.TryGetValue(change.Key, out var agent))
            {
                continue;
            }

            var before = change.Before;
            if (before?.Title != now.Title)
            {
                TellTitle(agent, now.Title);
            }

            // While a turn runs, its spinner turns in the title and its text on the screen: that changes nothing that a look would see.
            if ((before?.Title != now.Title || before.Drawn != now.Drawn) && !(Turns(agent, before?.Title) && Turns(agent, now.Title)))
            {
                looks.Ask(change.Key);
            }
        }
    }

    private bool Turns(AgentProcess agent, string? title) =>
        agent.Registry?.Status == "busy" || (title is not null && Claims.OfTitle(agent.Agent, title, agent.Cwd, NowMs) is { Claim: Claim.Busy });

    private void TellTitle(AgentProcess agent, string? title)
    {
        if (title is not null && Claims.OfTitle(agent.Agent, title, agent.Cwd, NowMs) is { } said)
        {
            board.Tell(new ProcessSays(KeyOf(agent), said));
        }
    }

    private static ProcessKey KeyOf(AgentProcess process) => new(process.Pid, process.ProcStart);

    private static PanePlace? PlaceOf(PaneId? pane) => pane is null ? null : new PanePlace(pane.Socket, pane.Pane);

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
