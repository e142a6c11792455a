using Microsoft.Extensions.Options;
using Muse.Board.Adoption;
using Muse.Board.Tmux;
using Muse.Board.Watching;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Starting;

/// <summary>An agent that was started.</summary>
/// <param name="Place">Where a person finds it: session, window and pane; tmux's name of the pane until that is known.</param>
internal sealed record StartedPane(PaneId Id, string Place);

/// <summary>Opens panes with agents in them, one at a time.</summary>
internal sealed class AgentStarter(
    IOptions<LiveOptions> options, TmuxProgram program, TmuxServers servers, ITerminalWriter writer, IAgentSource agents, TimeProvider clock) : IDisposable
{
    /// <summary>The session that Muse opens its windows in, so that a person's own sessions stay as they are.</summary>
    public const string OwnSession = "muse";

    /// <summary>A program that is not there, or refuses its arguments, has ended by then.</summary>
    private static readonly TimeSpan Standing = TimeSpan.FromMilliseconds(1_500);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _one = new(1);

    /// <param name="socket">A tmux server that is known; null for the user's usual one, which is started if it does not run.</param>
    /// <param name="session">A session of that server; null for Muse's own.</param>
    /// <param name="arguments">What follows the agent's program.</param>
    /// <param name="refusal">Asked when it is this one's turn: what then forbids it.</param>
    public async Task<Result<StartedPane>> StartAsync(
        string? socket, string? session, string agent, string folder, IReadOnlyList<string> arguments, Func<Problem?> refusal, CancellationToken ct)
    {
        if (!Path.IsPathFullyQualified(folder) || folder.Any(char.IsControl) || !Directory.Exists(folder))
        {
            return BoardProblems.FolderNotFound(folder);
        }

        await _one.WaitAsync(ct);
        try
        {
            if (refusal() is { } refused)
            {
                return refused;
            }

            if (await program.VersionAsync(ct) is not { } version)
            {
                return BoardProblems.TmuxMissing();
            }

            if (!version.HasSubscriptions)
            {
                return BoardProblems.TmuxTooOld(version.Text);
            }

            if (socket is not null && !servers.Servers.Any(s => s.Socket == socket))
            {
                return BoardProblems.TmuxServerNotFound(socket);
            }

            var name = options.Value.Programs.GetValueOrDefault(agent) is { Length: > 0 } own ? own : AgentCommand.Program(agent);
            var pane = await OpenAsync(
                socket ?? servers.UsualSocket, session, new NewPane(AgentCommand.Program(agent), folder, [name, .. arguments], new Dictionary<string, string>(StringComparer.Ordinal)), ct);
            return await StandsAsync(pane, ct) ? new StartedPane(pane, Place(pane)) : BoardProblems.AgentEndedAtOnce(name);
        }
        catch (TmuxException e)
        {
            return BoardProblems.TmuxRefused(e.Message);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Where a person finds a pane.</summary>
    public string Place(PaneId pane) => servers.Find(pane)?.Place ?? pane.Pane;

    private async Task<PaneId> OpenAsync(string socket, string? session, NewPane what, CancellationToken ct)
    {
        if (session is not null || Has(socket, OwnSession))
        {
            return await writer.OpenWindowAsync(socket, session ?? OwnSession, what, ct);
        }

        try
        {
            // tmux makes the folder of its sockets only where it chooses the socket itself.
            if (!OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Path.GetDirectoryName(socket)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); // a socket has a folder
            }

            return await writer.OpenSessionAsync(socket, what with { Name = OwnSession }, ct);
        }
        catch (TmuxException e) when (e.Failure == TmuxFailure.Refused && e.Message.Contains("duplicate session", StringComparison.Ordinal))
        {
            // Opened a moment ago and not listed yet.
            var since = clock.GetTimestamp();
            while (!Has(socket, OwnSession) && clock.GetElapsedTime(since) < Patience)
            {
                await Task.Delay(LookEvery, clock, ct);
            }

            return await writer.OpenWindowAsync(socket, OwnSession, what, ct);
        }
    }

    private bool Has(string socket, string session) => servers.Panes.Any(p => p.Id.Socket == socket && p.Session == session);

    /// <summary>True if its program runs; asked in a process of its own, as the server may not be watched yet.</summary>
    private async Task<bool> StandsAsync(PaneId pane, CancellationToken ct)
    {
        var since = clock.GetTimestamp();
        while (clock.GetElapsedTime(since) < Standing && !agents.Agents.Any(a => a.Pane == pane))
        {
            await Task.Delay(LookEvery, clock, ct);
        }

        try
        {
            return (await program.RunAsync(pane.Socket, ["list-panes", "-s", "-t", pane.Pane, "-F", "#{pane_id} #{pane_dead}"], ct))
                .Split('\n').Contains($"{pane.Pane} 0", StringComparer.Ordinal);
        }
        catch (TmuxException e) when (e.Failure is TmuxFailure.PaneGone or TmuxFailure.Unreachable or TmuxFailure.Refused)
        {
            // With the last pane its server ends.
            return false;
        }
    }
}
