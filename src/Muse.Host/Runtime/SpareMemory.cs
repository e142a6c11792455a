using System.Runtime.InteropServices;

namespace Muse.Host.Runtime;

/// <summary>
/// Gives back what a burst of work left behind, such as the first reading of an archive: the collector keeps room for as much
/// again, and it does not run while nothing is allocated, so that a server at rest would hold it for days.
/// </summary>
internal sealed partial class SpareMemory(TimeProvider time) : BackgroundService
{
    /// <summary>Allocated since it was last given back.</summary>
    private const long WorthIt = 16 << 20;

    /// <summary>A share of one core. Nobody is kept waiting then by a collection of everything.</summary>
    private const double AtRest = 0.02;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        var (given, used, worked) = (0L, Environment.CpuUsage.TotalTime, true);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var now = Environment.CpuUsage.TotalTime;
                var isAtRest = (now - used) / LookEvery < AtRest;
                worked |= !isAtRest;
                if (isAtRest && worked && GC.GetTotalAllocatedBytes() - given > WorthIt)
                {
                    GiveBack();
                    (given, now, worked) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime, false);
                }

                used = now;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Only glibc has it; other C libraries give back by themselves.
        }
        catch (DllNotFoundException)
        {
        }
    }

    /// <summary>What SQLite freed stays with the C library until it is asked: <c>malloc_trim(3)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Trim(nuint keep);
}
