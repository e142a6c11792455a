using System.Diagnostics;
using System.Runtime;
using System.Reflection;
using Muse.BuildingBlocks.Web;

namespace Muse.Host.Web;

/// <summary>Is it alive, and how does it feel: <c>GET /healthz</c> and <c>GET /api/debug/runtime</c>.</summary>
internal static class RuntimeEndpoints
{
    /// <summary>How other Muse processes recognise this one.</summary>
    public const string Product = "muse";

    public static string Version { get; } =
        typeof(RuntimeEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static void MapMuseRuntime(this WebApplication app)
    {
        app.MapGet("/healthz", () => TypedResults.Ok(new Health("ok", Product, Version, Environment.ProcessId)))
            .WithName("GetHealth").WithTags("Runtime");
        app.MapGet("/api/debug/runtime", (IEnumerable<IRuntimeFigures> figures, TimeProvider time) => TypedResults.Ok(Read(figures, time)))
            .WithName("GetRuntime").WithTags("Runtime");
    }

    private static SortedDictionary<string, object> Read(IEnumerable<IRuntimeFigures> figures, TimeProvider time)
    {
        using var process = Process.GetCurrentProcess();
        var started = new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds();
        var memory = GC.GetGCMemoryInfo();
        var document = new SortedDictionary<string, object>(StringComparer.Ordinal)
        {
            ["process"] = new
            {
                pid = Environment.ProcessId,
                version = Version,
                startedAtMs = started,
                uptimeMs = time.GetUtcNow().ToUnixTimeMilliseconds() - started,
                cpuMs = (long)process.TotalProcessorTime.TotalMilliseconds,
                openHandles = process.HandleCount,
            },
            ["threads"] = new
            {
                total = process.Threads.Count,
                pool = ThreadPool.ThreadCount,
                queued = ThreadPool.PendingWorkItemCount,
                completed = ThreadPool.CompletedWorkItemCount,
            },
            ["gc"] = new
            {
                gen0 = GC.CollectionCount(0),
                gen1 = GC.CollectionCount(1),
                gen2 = GC.CollectionCount(2),
                heapBytes = memory.HeapSizeBytes,
                committedBytes = memory.TotalCommittedBytes,
                allocatedBytes = GC.GetTotalAllocatedBytes(),
                pauseMs = (long)GC.GetTotalPauseDuration().TotalMilliseconds,
            },
            ["jit"] = new { methods = JitInfo.GetCompiledMethodCount(), ms = (long)JitInfo.GetCompilationTime().TotalMilliseconds },
            ["memory"] = new { workingSetBytes = process.WorkingSet64, managedBytes = GC.GetTotalMemory(forceFullCollection: false) },
        };
        foreach (var part in figures)
        {
            document[part.Name] = part.Read();
        }

        return document;
    }
}

/// <summary>The answer of a living server.</summary>
internal sealed record Health(string Status, string Product, string Version, int Pid);
