using System.Text;

namespace Muse.Board.Hooks.Install;

/// <summary>Two small texts line by line, as people know it: what goes with a minus, what comes with a plus, and a little around it.</summary>
internal static class LineDiff
{
    private const int Around = 2;

    public static string Of(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var head = 0;
        while (head < old.Length && head < now.Length && old[head] == now[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < old.Length - head && tail < now.Length - head && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }

        var text = new StringBuilder();
        Append(text, "  ", old[Math.Max(0, head - Around)..head]);
        Middle(text, old[head..^tail], now[head..^tail]);
        Append(text, "  ", old[^tail..].Take(Around));
        return text.ToString();
    }

    /// <summary>By the longest common sequence; such files have some hundred lines.</summary>
    private static void Middle(StringBuilder text, string[] old, string[] now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var (a, b) = (0, 0);
        while (a < old.Length || b < now.Length)
        {
            if (a < old.Length && b < now.Length && old[a] == now[b])
            {
                Append(text, "  ", [old[a]]);
                (a, b) = (a + 1, b + 1);
            }
            else if (b < now.Length && (a == old.Length || common[a, b + 1] > common[a + 1, b]))
            {
                Append(text, "+ ", [now[b++]]);
            }
            else
            {
                Append(text, "- ", [old[a++]]);
            }
        }
    }

    private static void Append(StringBuilder text, string mark, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append("    ").Append(mark).Append(line).Append('\n');
        }
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
