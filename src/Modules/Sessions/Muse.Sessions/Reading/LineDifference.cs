namespace Muse.Sessions.Reading;

/// <summary>The difference of two passages, line by line, where an agent wrote no diff itself.</summary>
internal static class LineDifference
{
    /// <summary>Lines on both sides, multiplied: beyond this a passage counts as replaced whole.</summary>
    private const int MostCompared = 200_000;

    /// <summary>Every line with its sign: space, minus or plus.</summary>
    public static List<string> Of(ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        var lines = new List<string>();
        var same = old.CommonPrefixLength(now);
        Add(lines, ' ', old[..same]);
        old = old[same..];
        now = now[same..];
        var tail = 0;
        while (tail < old.Length && tail < now.Length && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }

        Compare(lines, old[..^tail], now[..^tail]);
        Add(lines, ' ', old[^tail..]);
        return lines;
    }

    private static void Compare(List<string> lines, ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        if ((long)old.Length * now.Length > MostCompared)
        {
            Add(lines, '-', old);
            Add(lines, '+', now);
            return;
        }

        // Longest common subsequence: how many lines the rests from (i, j) on have in common.
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var (a, b) = (0, 0);
        while (a < old.Length && b < now.Length)
        {
            var same = old[a] == now[b];
            if (same || common[a + 1, b] >= common[a, b + 1])
            {
                lines.Add((same ? ' ' : '-') + old[a++]);
                b += same ? 1 : 0;
            }
            else
            {
                lines.Add('+' + now[b++]);
            }
        }

        Add(lines, '-', old[a..]);
        Add(lines, '+', now[b..]);
    }

    private static void Add(List<string> lines, char sign, ReadOnlySpan<string> added)
    {
        foreach (var line in added)
        {
            lines.Add(sign + line);
        }
    }
}
