namespace Muse.Insights.Domain;

/// <summary>Puts spans side by side where they overlap.</summary>
internal static class Lanes
{
    /// <summary>The lane of each span, from 0: the first that is free when it begins.</summary>
    /// <param name="spans">In order of their beginnings.</param>
    /// <param name="gapMs">So much is left between two spans of a lane, that they are told apart.</param>
    public static int[] Of(IReadOnlyList<(long FromMs, long ToMs)> spans, long gapMs)
    {
        var ends = new List<long>();
        var lanes = new int[spans.Count];
        for (var i = 0; i < spans.Count; i++)
        {
            var free = ends.FindIndex(end => end <= spans[i].FromMs - gapMs);
            if (free < 0)
            {
                free = ends.Count;
                ends.Add(0);
            }

            (lanes[i], ends[free]) = (free, spans[i].ToMs);
        }

        return lanes;
    }
}
