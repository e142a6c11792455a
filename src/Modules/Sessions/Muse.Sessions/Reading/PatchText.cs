using System.Globalization;

namespace Muse.Sessions.Reading;

/// <summary>
/// The forms in which agents write a change: a patch text (apply_patch), a unified diff, the old and the new text of a
/// passage, a whole file.
/// </summary>
internal static class PatchText
{
    private const string Begin = "*** Begin Patch";

    public static bool Holds(string text) => text.Contains(Begin, StringComparison.Ordinal);

    /// <summary>The files of a patch text; its hunks have no line numbers.</summary>
    public static List<Patch> Parse(string text)
    {
        var patches = new List<Patch>();
        var building = default(Building);
        var start = Math.Max(0, text.IndexOf(Begin, StringComparison.Ordinal));
        foreach (var raw in text.AsSpan(start).EnumerateLines())
        {
            if (raw.StartsWith("*** End Patch"))
            {
                break;
            }

            if (FileOf(raw) is { } path)
            {
                building?.AddTo(patches);
                building = new Building(path);
            }
            else if (raw.StartsWith("*** Move to: ") && building is not null)
            {
                building.Path = raw["*** Move to: ".Length..].Trim().ToString();
            }
            else if (raw.StartsWith("@@"))
            {
                building?.NextHunk(0, 0);
            }
            else if (!raw.StartsWith("*** "))
            {
                building?.Add(raw);
            }
        }

        building?.AddTo(patches);
        return patches;
    }

    /// <summary>A unified diff, with or without its file header.</summary>
    public static Patch ParseUnified(string path, string diff)
    {
        var building = new Building(path);
        foreach (var raw in diff.AsSpan().EnumerateLines())
        {
            if (raw.StartsWith("@@"))
            {
                building.NextHunk(StartOf(raw, '-'), StartOf(raw, '+'));
            }
            else if (building.InHunk && !raw.StartsWith("\\"))
            {
                building.Add(raw);
            }
        }

        return building.ToPatch();
    }

    /// <summary>A file that was made or removed as a whole.</summary>
    public static Patch Whole(string path, string content, bool added)
    {
        var building = new Building(path);
        var text = content.EndsWith('\n') ? content.AsSpan(0, content.Length - 1) : content;
        if (content.Length > 0)
        {
            building.NextHunk(added ? 0 : 1, added ? 1 : 0);
            foreach (var raw in text.EnumerateLines())
            {
                building.Add(string.Concat(added ? "+" : "-", raw));
            }
        }

        return building.ToPatch();
    }

    /// <summary>A passage that took the place of another; where it stands in the file is not known.</summary>
    public static Patch Replaced(string path, string old, string now)
    {
        var building = new Building(path);
        building.NextHunk(0, 0);
        foreach (var line in LineDifference.Of(Lines(old), Lines(now)))
        {
            building.Add(line);
        }

        return building.ToPatch();
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');

    private static string? FileOf(ReadOnlySpan<char> line)
    {
        foreach (var opening in (ReadOnlySpan<string>)["*** Update File: ", "*** Add File: ", "*** Delete File: "])
        {
            if (line.StartsWith(opening))
            {
                return line[opening.Length..].Trim().ToString();
            }
        }

        return null;
    }

    private static int StartOf(ReadOnlySpan<char> header, char sign)
    {
        var at = header.IndexOf(sign);
        var number = at < 0 ? default : header[(at + 1)..];
        var end = number.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? number : number[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 0;
    }

    private sealed class Building(string path)
    {
        private readonly List<PatchHunk> _hunks = [];
        private List<string> _lines = [];
        private int _added;
        private int _removed;
        private int _oldStart;
        private int _newStart;

        public string Path { get; set; } = path;
        public bool InHunk { get; private set; }

        public void NextHunk(int oldStart, int newStart)
        {
            Close();
            (_oldStart, _newStart, InHunk) = (oldStart, newStart, true);
        }

        public void Add(ReadOnlySpan<char> line)
        {
            var text = line.IsEmpty ? " " : line.ToString();
            _added += text[0] == '+' ? 1 : 0;
            _removed += text[0] == '-' ? 1 : 0;
            _lines.Add(text);
        }

        public Patch ToPatch()
        {
            Close();
            return new Patch(Path, _added, _removed, _hunks);
        }

        public void AddTo(List<Patch> patches) => patches.Add(ToPatch());

        private void Close()
        {
            // Text that ends in a newline leaves an empty line behind.
            if (_lines.Count > 0 && _lines[^1] == " ")
            {
                _lines.RemoveAt(_lines.Count - 1);
            }

            if (_lines.Count > 0)
            {
                var (old, now) = (_lines.Count(l => l[0] != '+'), _lines.Count(l => l[0] != '-'));
                _hunks.Add(new PatchHunk(_oldStart, old, _newStart, now, _lines));
                _lines = [];
            }
        }
    }
}
