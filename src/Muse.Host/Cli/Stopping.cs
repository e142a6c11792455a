using Muse.Host.Instance;
using Muse.Host.Settings;

namespace Muse.Host.Cli;

/// <param name="Stopped">True if something ran and has ended.</param>
internal sealed record StopOutcome(int ExitCode, bool Stopped, string Message);

/// <summary>Ends the Muse of a data folder, or one that holds the port; never anything else.</summary>
internal sealed class Stopping(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<StopOutcome> StopAsync(HostSettings settings, CancellationToken ct)
    {
        var instance = RunningInstance.Find(settings.Home);
        var stopped = instance is null ? null : await EndAsync(instance.Pid, ct);
        if (stopped is { ExitCode: not 0 })
        {
            return stopped;
        }

        var holder = settings.Port == 0 ? null : ProcessTable.HolderOf(settings.Port);
        if (holder is null)
        {
            return stopped ?? new StopOutcome(0, Stopped: false, "Muse is not running.");
        }

        if (PortMessages.IsMuse(holder))
        {
            return await EndAsync(holder.Pid, ct);
        }

        return stopped ?? new StopOutcome(2, Stopped: false, PortMessages.Taken(settings.Port, holder));
    }

    private async Task<StopOutcome> EndAsync(int pid, CancellationToken ct)
    {
        var start = ProcessTable.StartOf(pid);
        if (!ProcessTable.AskToStop(pid))
        {
            return new StopOutcome(1, Stopped: false, $"Muse (pid {pid}) runs as another user and cannot be asked to stop.");
        }

        var began = time.GetTimestamp();
        while (ProcessTable.StartOf(pid) == start)
        {
            if (time.GetElapsedTime(began) > Patience)
            {
                return new StopOutcome(1, Stopped: false, $"Muse (pid {pid}) was asked to stop but still runs after {Patience.TotalSeconds:0} s. End it with: kill -9 {pid}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), time, ct);
        }

        return new StopOutcome(0, Stopped: true, $"Muse (pid {pid}) has stopped.");
    }
}
