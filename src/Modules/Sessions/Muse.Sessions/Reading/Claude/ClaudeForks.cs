using System.Text.Json;

namespace Muse.Sessions.Reading.Claude;

/// <param name="ParentNativeId">The session whose records were copied.</param>
/// <param name="CopiedUntil">Byte after the last copied record.</param>
internal readonly record struct ForkPoint(string ParentNativeId, long CopiedUntil);

/// <summary>
/// Finds where a transcript was forked from. A fork copies the whole chain of its parent into a new file, with the
/// records' uuids and times but its own session id, and names nobody (2.1.226 - 2.1.330): shared uuids are the only link.
/// Records without a uuid are not copied. So the copy stands in one piece, while in the original such records stand in
/// between; where both stand in one piece nobody can tell who copied whom, and nothing is claimed.
/// </summary>
internal sealed class ClaudeForks
{
    /// <summary>Snapshots of files may stand before the first record; a file without a uuid by then starts no chain.</summary>
    private const int LongestHead = 1 << 20;
    private const int HeadStep = 8 << 10;

    /// <summary>A session may be forked a hundred times: after this much the best parent found so far is taken.</summary>
    private const long MostCompared = 256 << 20;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Folder> _folders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _forks = new(StringComparer.Ordinal);

    /// <summary>Null if it was not forked, or if its parent is not there any more.</summary>
    public ForkPoint? Find(string path)
    {
        try
        {
            if (FirstUuid(path) is not { } first)
            {
                return null;
            }

            var best = (Parent: "", Shared: 0, Until: 0L);
            var compared = 0L;
            foreach (var other in Siblings(path, first).TakeWhile(_ => compared < MostCompared))
            {
                var (shared, copy, original) = Compare(path, other);
                compared += copy.Until + original.Until;
                if (shared > best.Shared && copy.IsWhole && !original.IsWhole)
                {
                    best = (other, shared, copy.Until);
                }
            }

            if (best.Shared == 0)
            {
                return null;
            }

            lock (_lock)
            {
                _forks.Add(path);
            }

            return new ForkPoint(Path.GetFileNameWithoutExtension(best.Parent), best.Until);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A sibling that cannot be read now: the transcript is then shown as its own, which loses nothing.
            return null;
        }
    }

    /// <summary>The other transcripts of the folder that begin with the same record, those first that are no forks themselves.</summary>
    private List<string> Siblings(string path, string first)
    {
        var name = Path.GetDirectoryName(path) ?? "";
        lock (_lock)
        {
            var changed = Directory.GetLastWriteTimeUtc(name);
            if (!_folders.TryGetValue(name, out var folder) || folder.Changed != changed)
            {
                _folders[name] = folder = new Folder(changed, Heads(name, folder?.FirstUuids));
            }

            return [.. folder.FirstUuids.Where(f => f.Value == first && f.Key != path).Select(f => f.Key).OrderBy(_forks.Contains)];
        }
    }

    private static Dictionary<string, string> Heads(string folder, Dictionary<string, string>? known)
    {
        var heads = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl").Where(f => !Path.GetFileName(f).StartsWith("agent-", StringComparison.Ordinal)))
        {
            if ((known?.GetValueOrDefault(file) ?? FirstUuid(file)) is { } uuid)
            {
                heads[file] = uuid;
            }
        }

        return heads;
    }

    private static string? FirstUuid(string path)
    {
        var key = "\"uuid\":\""u8;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        for (var size = HeadStep; ; size *= 2)
        {
            var head = new byte[size];
            var got = RandomAccess.Read(file, head, 0);
            var at = head.AsSpan(0, got).IndexOf(key);
            var value = at < 0 ? default : head.AsSpan(at + key.Length, got - at - key.Length);
            if (value.IndexOf((byte)'"') is > 0 and var end)
            {
                return JsonText.Unescape(value[..end], 100);
            }

            if (got < size || size >= LongestHead)
            {
                return null;
            }
        }
    }

    /// <summary>How many records two transcripts have in common from their first on, and how these stand in each.</summary>
    private static (int Shared, Run Copy, Run Original) Compare(string copyPath, string originalPath)
    {
        using var copy = new UuidCursor(copyPath);
        using var original = new UuidCursor(originalPath);
        var (shared, copied, kept) = (0, new Run(true, 0), new Run(true, 0));
        while (copy.MoveNext() && original.MoveNext() && copy.Uuid == original.Uuid)
        {
            copied = new Run(copied.IsWhole && (shared == 0 || !copy.Skipped), copy.End);
            kept = new Run(kept.IsWhole && (shared == 0 || !original.Skipped), original.End);
            shared++;
        }

        return (shared, copied, kept);
    }

    private sealed record Folder(DateTime Changed, Dictionary<string, string> FirstUuids);

    /// <param name="IsWhole">No other record stands in between.</param>
    private readonly record struct Run(bool IsWhole, long Until);

    /// <summary>Goes through the records of a file that have a uuid.</summary>
    private sealed class UuidCursor(string path) : IDisposable
    {
        private readonly FileStream _file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        private byte[] _buffer = new byte[64 << 10];
        private int _start;
        private int _filled;

        public string Uuid { get; private set; } = "";

        /// <summary>Records without a uuid stand between this one and the one before.</summary>
        public bool Skipped { get; private set; }

        /// <summary>Byte after the record's line.</summary>
        public long End { get; private set; }

        public bool MoveNext()
        {
            Skipped = false;
            while (NextLine(out var line))
            {
                if (UuidOf(line) is { Length: > 0 } uuid)
                {
                    Uuid = uuid;
                    return true;
                }

                Skipped = true;
            }

            return false;
        }

        public void Dispose() => _file.Dispose();

        private bool NextLine(out ReadOnlySpan<byte> line)
        {
            while (true)
            {
                var end = _buffer.AsSpan(_start, _filled - _start).IndexOf((byte)'\n');
                if (end >= 0)
                {
                    line = _buffer.AsSpan(_start, end);
                    _start += end + 1;
                    End += end + 1;
                    return true;
                }

                _buffer.AsSpan(_start, _filled - _start).CopyTo(_buffer);
                (_filled, _start) = (_filled - _start, 0);
                if (_filled == _buffer.Length)
                {
                    Array.Resize(ref _buffer, _buffer.Length * 2);
                }

                var got = _file.Read(_buffer, _filled, _buffer.Length - _filled);
                _filled += got;
                if (got == 0)
                {
                    line = default;
                    return false;
                }
            }
        }

        private static string? UuidOf(ReadOnlySpan<byte> line)
        {
            try
            {
                var reader = new JsonCursor(line);
                return reader.Read() && JsonWalk.StringIn(ref reader, "uuid"u8) is { IsEmpty: false } uuid ? JsonText.Unescape(uuid.In(line), 100) : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
