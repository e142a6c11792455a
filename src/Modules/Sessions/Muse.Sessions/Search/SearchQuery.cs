using System.Text;

namespace Muse.Sessions.Search;

/// <summary>What somebody asked for, understood.</summary>
/// <param name="Terms">Words and phrases.</param>
/// <param name="Marks">Filters that are words of the index.</param>
/// <param name="Ranks">Whose words; never empty.</param>
/// <param name="FromSecond">Not older than this, seconds since 1970.</param>
/// <param name="ToSecond">Not newer.</param>
internal sealed record SearchQuery(
    IReadOnlyList<SearchTerm> Terms, IReadOnlyList<SearchMark> Marks, IReadOnlyList<SearchRank> Ranks, long FromSecond, long ToSecond)
{
    /// <summary>The query as SQLite's full-text search reads it. Everything from outside stands in quotes that it cannot close.</summary>
    /// <param name="words">Words of the index that begin as given, marks included; null if they are too many to be named.</param>
    public string Match(Func<string, IReadOnlyList<string>?> words)
    {
        string Expression(SearchPhrase phrase) => phrase.Expression(words);
        string AnyOf(IEnumerable<SearchMark> marks) => $"({string.Join(" OR ", marks.Select(m => Expression(m.Phrase)))})";

        // A filter named twice takes either.
        var wanted = Terms.Where(t => !t.Excluded).Select(t => Expression(t.Phrase))
            .Concat(Marks.Where(m => !m.Excluded).GroupBy(m => m.Name).Select(AnyOf)).ToList();
        if (wanted.Count == 0)
        {
            wanted.Add(SearchPhrase.Quoted(SearchMarks.Any));
        }

        var unwanted = Terms.Where(t => t.Excluded).Select(t => Expression(t.Phrase))
            .Concat(Marks.Where(m => m.Excluded).Select(m => Expression(m.Phrase))).ToList();
        var match = string.Join(" AND ", wanted);
        return unwanted.Count == 0 ? match : $"({match}) NOT ({string.Join(" OR ", unwanted)})";
    }
}

/// <param name="Text">As typed; several words are a phrase.</param>
/// <param name="IsPrefix">The last word may go on.</param>
internal sealed record SearchTerm(string Text, bool IsPrefix, bool Excluded)
{
    /// <summary>The words it is made of; empty if there is no letter and no digit in it.</summary>
    public IReadOnlyList<string> Words { get; } = SearchPhrase.WordsOf(Harmless(Text));

    public SearchPhrase Phrase => new(Words, IsPrefix);

    /// <summary>Without what only Muse may say.</summary>
    public static string Harmless(string text) =>
        text.Replace((char)SearchTokens.MarkBegins, ' ').Replace((char)SearchTokens.MarkEnds, ' ');
}

/// <param name="Name">The filter it comes from.</param>
/// <param name="Text">One mark or several in a row, see <see cref="SearchMarks"/>.</param>
internal sealed record SearchMark(string Name, string Text, bool IsPrefix, bool Excluded)
{
    public SearchPhrase Phrase => new(SearchPhrase.WordsOf(Text), IsPrefix);
}

/// <summary>Words in a row, as they stand in the index.</summary>
internal readonly record struct SearchPhrase(IReadOnlyList<string> Words, bool IsPrefix)
{
    /// <summary>
    /// SQLite would collect every hit of every word that begins so before it gives the first; words that are named are walked.
    /// </summary>
    public string Expression(Func<string, IReadOnlyList<string>?> words)
    {
        if (!IsPrefix || words(Words[^1]) is not { } last)
        {
            return Quoted(string.Concat(Words.Select(Framed))) + (IsPrefix ? " *" : "");
        }

        var before = string.Concat(Words.SkipLast(1).Select(Framed));
        return last.Count == 0 ? Quoted(before + Framed(Words[^1])) : $"({string.Join(" OR ", last.Select(word => Quoted(before + Framed(word))))})";
    }

    public static string Quoted(string text) => $"\"{text.Replace('"', ' ').Replace('\0', ' ')}\"";

    public static IReadOnlyList<string> WordsOf(string text)
    {
        var sink = new Collected([]);
        SearchTokens.Read(Encoding.UTF8.GetBytes(text), asked: true, ref sink);
        return sink.Words;
    }

    private static string Framed(string word) => word[0] == SearchTokens.MarkBegins ? word + (char)SearchTokens.MarkEnds : word + " ";

    private readonly struct Collected(List<string> words) : ITokenSink
    {
        public List<string> Words { get; } = words;

        public bool Take(ReadOnlySpan<byte> token, int start, int end, bool beside)
        {
            Words.Add(Encoding.UTF8.GetString(token));
            return true;
        }
    }
}
