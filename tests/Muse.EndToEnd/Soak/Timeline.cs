namespace Muse.EndToEnd.Soak;

/// <summary>What something was over time: a word from its moment on until the next.</summary>
internal sealed class Timeline
{
    private readonly Lock _lock = new();
    private readonly List<(long AtMs, string Word)> _words = [];

    public void Say(long atMs, string word)
    {
        lock (_lock)
        {
            if (_words.Count == 0 || _words[^1].Word != word)
            {
                _words.Add((atMs, word));
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _words.Count;
            }
        }
    }

    public string At(long ms)
    {
        lock (_lock)
        {
            return _words.FindLast(w => w.AtMs <= ms).Word ?? "";
        }
    }

    /// <summary>UTC milliseconds of the first word; null if there is none.</summary>
    public long? BeganMs
    {
        get
        {
            lock (_lock)
            {
                return _words.Count == 0 ? null : _words[0].AtMs;
            }
        }
    }

    /// <summary>The stretches in which <paramref name="shown"/>, once it says anything, says what is not true, longer than so many milliseconds.</summary>
    public static IEnumerable<(long FromMs, long ForMs, string True, string Shown)> Wrong(
        Timeline truth, Timeline shown, Func<string, string, bool> fits, long longerThanMs, long endMs)
    {
        var moments = truth.Moments().Concat(shown.Moments()).Append(endMs).Where(m => m <= endMs).Distinct().Order().ToList();
        var (fromMs, wasTrue, wasShown) = (-1L, "", "");
        foreach (var ms in moments)
        {
            var (now, seen) = (truth.At(ms), shown.At(ms));
            var wrong = now.Length > 0 && seen.Length > 0 && !fits(now, seen);
            // A wrong word that becomes another wrong one is wrong for the whole time.
            if (fromMs >= 0 && (!wrong || ms == endMs))
            {
                if (ms - fromMs > longerThanMs)
                {
                    yield return (fromMs, ms - fromMs, wasTrue, wasShown);
                }

                fromMs = -1;
            }

            if (wrong && fromMs < 0)
            {
                (fromMs, wasTrue, wasShown) = (ms, now, seen);
            }
        }
    }

    private List<long> Moments()
    {
        lock (_lock)
        {
            return _words.ConvertAll(w => w.AtMs);
        }
    }
}
