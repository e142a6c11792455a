using System.Globalization;
using System.Runtime.InteropServices;

namespace Muse.Host.Instance;

/// <summary>A process that holds a port.</summary>
/// <param name="Command">Its command line, as far as it may be read.</param>
internal sealed record PortHolder(int Pid, string Command);

/// <summary>Processes as the kernel shows them under /proc.</summary>
internal static partial class ProcessTable
{
    private const int Terminate = 15;

    /// <summary>Start of the process in clock ticks since boot; null if there is none (or it is a zombie: dead, not yet collected).</summary>
    public static long? StartOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            // The name in brackets may hold spaces and brackets: fields are counted after the last one.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static string CommandOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ').Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Who listens on a port; null if nobody does or it belongs to another user.</summary>
    public static PortHolder? HolderOf(int port)
    {
        var sockets = Listening("/proc/net/tcp", port).Concat(Listening("/proc/net/tcp6", port)).ToHashSet(StringComparer.Ordinal);
        if (sockets.Count == 0)
        {
            return null;
        }

        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && HasAny(folder, sockets))
            {
                return new PortHolder(pid, CommandOf(pid));
            }
        }

        return null;
    }

    /// <summary>Asks a process to end in its own way.</summary>
    public static bool AskToStop(int pid) => Kill(pid, Terminate) == 0;

    /// <summary>The sockets that listen on a port, named as the descriptors of a process name them.</summary>
    private static IEnumerable<string> Listening(string table, int port)
    {
        const string listen = "0A";
        if (!File.Exists(table))
        {
            return [];
        }

        var suffix = $":{port:X4}";
        return File.ReadLines(table)
            .Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(f => f.Length > 9 && f[3] == listen && f[1].EndsWith(suffix, StringComparison.Ordinal))
            .Select(f => $"socket:[{f[9]}]");
    }

    private static bool HasAny(string process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd")).Any(fd => File.ResolveLinkTarget(fd, returnFinalTarget: false) is { } target
                && sockets.Contains(Path.GetFileName(target.FullName)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);
}
