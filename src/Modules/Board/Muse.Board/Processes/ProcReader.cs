using System.Buffers;
using System.Globalization;
using System.Text;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Processes;

/// <summary>One process, from its <c>stat</c>.</summary>
/// <param name="Name">The kernel's name of it, at most 15 bytes.</param>
/// <param name="Terminal">Number of its controlling terminal; 0 without one.</param>
/// <param name="InFront">True if its group is the one its terminal reads from.</param>
/// <param name="Start">Clock ticks from the boot to its start: with the pid, its identity.</param>
internal sealed record ProcessStat(int Pid, int Parent, string Name, int Terminal, bool InFront, long Start)
{
    /// <summary>As agents write it down.</summary>
    public string StartText => Start.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// Reads <c>/proc</c>. Processes vanish between two reads and others belong to other users: what cannot be read is null
/// or empty, never an error.
/// </summary>
internal sealed class ProcReader(WorkCounters work, string root = "/proc")
{
    /// <summary>The only variables that are looked at; an environment is full of secrets.</summary>
    public static readonly IReadOnlySet<string> Variables = new HashSet<string>(StringComparer.Ordinal)
    {
        "TMUX", "TMUX_PANE", "CLAUDE_CONFIG_DIR", "CODEX_HOME", "GEMINI_CLI_HOME", "HOME",
    };

    /// <summary>Environments and argument lists beyond this are cut.</summary>
    private const int LongestRead = 256 << 10;

    /// <summary>52 numbers and a name.</summary>
    private const int LongestStat = 4 << 10;

    /// <summary>Ticks of <c>stat</c> are hundredths of a second on every Linux.</summary>
    private const int TicksPerSecond = 100;

    /// <summary>All processes, by pid.</summary>
    public IReadOnlyDictionary<int, ProcessStat> All()
    {
        var all = new Dictionary<int, ProcessStat>();
        try
        {
            foreach (var folder in Directory.EnumerateDirectories(root))
            {
                if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && Stat(pid) is { } stat)
                {
                    all[pid] = stat;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No /proc (another system, a jail): nothing is found.
        }

        return all;
    }

    public ProcessStat? Stat(int pid) => Read($"{root}/{pid}/stat", LongestStat) is { } bytes ? ReadStat(pid, Encoding.UTF8.GetString(bytes)) : null;

    /// <summary>
    /// Parses <c>stat</c>. The name stands in parentheses and may hold blanks and parentheses itself. Null for a process that
    /// has ended and whose parent has not asked: where an init collects nobody, as in many containers, it stands there for ever.
    /// </summary>
    public static ProcessStat? ReadStat(int pid, string text)
    {
        var (open, close) = (text.IndexOf('(', StringComparison.Ordinal), text.LastIndexOf(')'));
        if (open < 0 || close < open)
        {
            return null;
        }

        // Numbered as in proc(5): field 3 is the first behind the name.
        var fields = text[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 19 && fields[0] is not ("Z" or "X") && Number(fields[1], out var parent) && Number(fields[2], out var group) && Number(fields[4], out var terminal)
            && Number(fields[5], out var front) && Number(fields[19], out var start)
            ? new ProcessStat(pid, (int)parent, text[(open + 1)..close], (int)terminal, terminal != 0 && front == group, start)
            : null;
    }

    public IReadOnlyList<string> Arguments(int pid) => Strings($"{root}/{pid}/cmdline");

    /// <summary>Those of <see cref="Variables"/> that are set.</summary>
    public IReadOnlyDictionary<string, string> Environment(int pid)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Strings($"{root}/{pid}/environ"))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && Variables.Contains(pair[..equals]))
            {
                found.TryAdd(pair[..equals], pair[(equals + 1)..]);
            }
        }

        return found;
    }

    /// <summary>The working folder; null if it cannot be read, as of other users' processes.</summary>
    public string? Folder(int pid) => Target($"{root}/{pid}/cwd");

    /// <summary>The file it runs; null if it cannot be read, as of other users' processes.</summary>
    public string? Executable(int pid) => Target($"{root}/{pid}/exe");

    /// <summary>Paths of the files and folders it has open.</summary>
    public IReadOnlyList<string> OpenFiles(int pid)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries($"{root}/{pid}/fd").Select(Target).OfType<string>().Where(t => t.StartsWith('/'))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>When the process started, in milliseconds since 1970; null if the boot's time is not told.</summary>
    public long? StartedAtMs(ProcessStat stat)
    {
        var boot = Read($"{root}/stat") is { } bytes
            ? Encoding.UTF8.GetString(bytes).Split('\n').FirstOrDefault(line => line.StartsWith("btime ", StringComparison.Ordinal))
            : null;
        return boot is not null && Number(boot["btime ".Length..], out var seconds)
            ? (seconds * 1000) + (stat.Start * 1000 / TicksPerSecond)
            : null;
    }

    /// <summary>True if the process belongs to the user Muse runs as.</summary>
    public bool IsOwn(int pid) => UserOf($"{root}/{pid}/status") == OwnUser();

    /// <summary>Number of the user Muse runs as.</summary>
    public static int OwnUser() => UserOf("/proc/self/status") ?? 0;

    private static int? UserOf(string path)
    {
        try
        {
            var line = File.ReadLines(path).FirstOrDefault(l => l.StartsWith("Uid:", StringComparison.Ordinal));
            return line?.Split('\t') is { Length: > 2 } parts && Number(parts[2], out var user) ? (int)user : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private List<string> Strings(string path) => Read(path) is { } bytes
        ? [.. Encoding.UTF8.GetString(bytes).TrimEnd('\0').Split('\0').Where(s => s.Length > 0)]
        : [];

    private string? Target(string link)
    {
        try
        {
            work.Add("proc.reads");
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Files of /proc have no length; they are read until they end.</summary>
    private byte[]? Read(string path, int longest = LongestRead)
    {
        work.Add("proc.reads");
        var buffer = ArrayPool<byte>.Shared.Rent(longest);
        var length = 0;
        try
        {
            using var file = File.OpenHandle(path);
            while (length < buffer.Length && RandomAccess.Read(file, buffer.AsSpan(length), length) is > 0 and var read)
            {
                length += read;
            }

            return buffer[..length];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
        finally
        {
            // Environments hold secrets; they must not stay in a shared buffer.
            buffer.AsSpan(0, length).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool Number(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
