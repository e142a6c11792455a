using System.ComponentModel;
using System.Text;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Search;

/// <summary>A harmless line of an item around the words that were asked for.</summary>
/// <param name="Text">Plain text; nothing in it is markup.</param>
/// <param name="Marks">Where the words stand in it, in order.</param>
internal sealed record SearchSnippet(string Text, IReadOnlyList<SearchSnippet.Mark> Marks)
{
    /// <summary>Characters before the first word and in all.</summary>
    private const int Before = 60;
    private const int Length = 220;
    private const int MostPlaces = 200;

    [Description("A part of a snippet, in UTF-16 code units.")]
    public sealed record Mark(int Start, int Length);

    /// <summary>The line with the most of the words; the item's preview if they stand where nobody looks.</summary>
    public static SearchSnippet Of(Item item, ItemBody? body, IReadOnlyList<SearchTerm> terms)
    {
        var words = terms.Where(t => !t.Excluded).SelectMany(t => Wanted(t)).ToList();
        (string Text, Window Window)? best = null;
        foreach (var part in words.Count == 0 ? [] : SearchText.Parts(item, body))
        {
            if (BestWindow(part, words) is { } window && (best is null || window.Words > best.Value.Window.Words))
            {
                best = (part, window);
                if (window.Words == words.Count)
                {
                    break;
                }
            }
        }

        return best is { } found ? Around(found.Text, found.Window.Places) : new SearchSnippet(item.Preview, []);
    }

    /// <summary>A line around places of a text, sorted and apart from each other.</summary>
    public static SearchSnippet Around(string text, IReadOnlyList<(int Start, int End)> places)
    {
        var from = Beginning(text, places[0].Start);
        var to = Math.Min(text.Length, Math.Max(from + Length, Math.Min(places[0].End, places[0].Start + Length)));
        var line = new StringBuilder(from > 0 ? "…" : "");
        var marks = new List<Mark>();
        var at = from;
        foreach (var (start, end) in places)
        {
            if (start < at || end > to)
            {
                continue;
            }

            Append(line, text, at, start);
            var before = line.Length;
            Append(line, text, start, end);
            var gap = line.Length > before && line[before] == ' ' ? 1 : 0;
            if (line.Length > before + gap)
            {
                marks.Add(new Mark(before + gap, line.Length - before - gap));
            }

            at = end;
        }

        Append(line, text, at, to);
        return new SearchSnippet(line.ToString(), marks);
    }

    /// <summary>Where the line begins: not within a word, if one begins in time.</summary>
    private static int Beginning(string text, int place)
    {
        var from = Math.Max(0, place - Before);
        var space = from == 0 ? -1 : text.AsSpan(from, place - from).IndexOfAny(' ', '\n', '\t');
        return space < 0 ? from : from + space + 1;
    }

    /// <summary>A piece made harmless, with one space where white space parts it from what is before.</summary>
    private static void Append(StringBuilder line, string text, int from, int to)
    {
        if (from >= to)
        {
            return;
        }

        var piece = PreviewText.From(text.AsSpan(from, to - from));
        if (line.Length > 0 && line[^1] is not (' ' or '…') && (char.IsWhiteSpace(text[from]) || char.IsWhiteSpace(text[from - 1])))
        {
            line.Append(' ');
        }

        line.Append(piece);
    }

    private static IEnumerable<(string Word, bool IsPrefix)> Wanted(SearchTerm term)
    {
        return term.Words.Select((word, i) => (word, term.IsPrefix && i == term.Words.Count - 1));
    }

    private static Window? BestWindow(string text, List<(string Word, bool IsPrefix)> words)
    {
        var sink = new Finder([.. words.Select(w => (Encoding.UTF8.GetBytes(w.Word), w.IsPrefix))]);
        var bytes = Encoding.UTF8.GetBytes(text);
        SearchTokens.Read(bytes, asked: false, ref sink);
        if (sink.Places.Count == 0)
        {
            return null;
        }

        var (best, bestFirst, bestLast, distinct, first) = (0, 0, 0, 0, 0);
        var counts = new int[words.Count];
        for (var last = 0; last < sink.Places.Count; last++)
        {
            distinct += counts[sink.Places[last].Word]++ == 0 ? 1 : 0;
            // A word may be longer than the line: it stays.
            while (first < last && sink.Places[last].End - sink.Places[first].Start > Length - Before)
            {
                distinct -= --counts[sink.Places[first++].Word] == 0 ? 1 : 0;
            }

            if (distinct > best)
            {
                (best, bestFirst, bestLast) = (distinct, first, last);
            }
        }

        // From bytes to characters, once along the text.
        var places = new List<(int, int)>();
        var (atByte, atChar) = (0, 0);
        foreach (var (_, start, end) in sink.Places[bestFirst..Math.Min(sink.Places.Count, bestLast + 20)])
        {
            if (start < atByte)
            {
                continue;
            }

            atChar += Encoding.UTF8.GetCharCount(bytes, atByte, start - atByte);
            var length = Encoding.UTF8.GetCharCount(bytes, start, end - start);
            places.Add((atChar, atChar + length));
            (atByte, atChar) = (end, atChar + length);
        }

        return new Window(best, places);
    }

    private sealed record Window(int Words, IReadOnlyList<(int Start, int End)> Places);

    private readonly struct Finder((byte[] Word, bool IsPrefix)[] words) : ITokenSink
    {
        public List<(int Word, int Start, int End)> Places { get; } = [];

        public bool Take(ReadOnlySpan<byte> token, int start, int end, bool beside)
        {
            for (var i = 0; i < words.Length; i++)
            {
                if (words[i].IsPrefix ? token.StartsWith(words[i].Word) : token.SequenceEqual(words[i].Word))
                {
                    Places.Add((i, start, end));
                    break;
                }
            }

            return Places.Count < MostPlaces;
        }
    }
}
