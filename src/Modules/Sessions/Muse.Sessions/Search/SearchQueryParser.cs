using System.Text;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Search;

/// <summary>
/// Reads <c>word "a phrase" prefix* -without name:value</c>. What looks like a filter and is none is refused rather than
/// searched for: a mistyped filter would say that there is nothing.
/// </summary>
internal sealed class SearchQueryParser
{
    public const int Longest = 1000;

    /// <summary>Bytes before a star: with fewer, half of all words would be meant. One ideograph has three.</summary>
    private const int ShortestPrefix = 3;
    private const int MostTerms = 40;
    private static readonly string[] Filters = ["project", "agent", "model", "tool", "file", "before", "after", "is", "has", "role"];
    private static readonly (string Word, SearchRank Rank)[] Roles =
        [("user", SearchRank.Prompt), ("assistant", SearchRank.Reply), ("tool", SearchRank.Tool), ("other", SearchRank.Other)];

    private readonly List<SearchTerm> _terms = [];
    private readonly List<SearchMark> _marks = [];
    private readonly HashSet<SearchRank> _ranks = [];
    private long _from;
    private long _to = long.MaxValue;
    private bool _limited;

    private SearchQueryParser()
    {
    }

    /// <returns>The query, or what is wrong with it and where.</returns>
    public static (SearchQuery? Query, string? Fault) Parse(string text)
    {
        var parser = new SearchQueryParser();
        if (parser.Read(text) is { } fault)
        {
            return (null, fault);
        }

        var ranks = parser._ranks.Count == 0 ? SearchRanks.All : [.. parser._ranks];
        return (new SearchQuery(parser._terms, parser._marks, ranks, parser._from, parser._to), null);
    }

    /// <summary>Reads the filters of a query whose other text is taken as it stands; <c>is\:error</c> is text that looks like one.</summary>
    /// <returns>The filters and the text, or what is wrong and where.</returns>
    public static (SearchQuery? Filters, string Text, string? Fault) ParseFilters(string text)
    {
        var (parser, left) = (new SearchQueryParser(), new StringBuilder(text.Length));
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            if ((at == 0 || char.IsWhiteSpace(text[at - 1])) && parser.ReadFilter(text, ref at, left) is { } fault)
            {
                return (null, text, fault);
            }

            if (at == start)
            {
                left.Append(text[at++]);
            }
        }

        var ranks = parser._ranks.Count == 0 ? SearchRanks.All : [.. parser._ranks];
        var isNarrowed = parser._marks.Count > 0 || parser._limited;
        var rest = isNarrowed ? left.ToString().Trim() : left.ToString();
        return rest.Length == 0 ? (null, rest, "Give a text to look for beside the filters.")
            : parser._marks.Count > MostTerms ? (null, rest, $"Give at most {MostTerms} filters.")
            : (new SearchQuery([], parser._marks, ranks, parser._from, parser._to), rest, null);
    }

    /// <summary>Passes over a filter that begins here, if one does, and over the backslash of a text that looks like one.</summary>
    private string? ReadFilter(string text, ref int at, StringBuilder left)
    {
        var start = at;
        var value = at + (text[at] == '-' ? 1 : 0);
        if (Array.Find(Filters, f => string.CompareOrdinal(text, value, f + "\\:", 0, f.Length + 2) == 0) is { } escaped)
        {
            left.Append(text, at, value - at).Append(escaped).Append(':');
            at = value + escaped.Length + 2;
            return null;
        }

        var name = FilterName(text, value);
        value += name is null ? 0 : name.Length + 1;
        if (name is null || !Filters.Contains(name) || value == text.Length || char.IsWhiteSpace(text[value]))
        {
            return null;
        }

        at = value;
        if (ReadValue(text, ref at) is not { } read)
        {
            return $"The quote at character {value + 1} is not closed.";
        }

        at += at < text.Length && char.IsWhiteSpace(text[at]) ? 1 : 0;
        return Filter(name, read, excluded: text[start] == '-', start);
    }

    private string? Read(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            var excluded = text[at] == '-' && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]);
            at += excluded ? 1 : 0;
            var name = FilterName(text, at);
            at += name is null ? 0 : name.Length + 1;
            var isQuoted = at < text.Length && text[at] == '"';
            if (ReadValue(text, ref at) is not { } value)
            {
                return $"The quote at character {start + 1} is not closed.";
            }

            if ((name is null ? Term(value, isQuoted, excluded, text, ref at) : Filter(name, value, excluded, start)) is { } fault)
            {
                return fault;
            }
        }

        return _terms.Count + _marks.Count > MostTerms ? $"Give at most {MostTerms} words and filters."
            : _terms.Count + _marks.Count == 0 && !_limited
                ? "Give a word to look for: letters or digits. For other characters use mode=substring."
            : null;
    }

    /// <summary>The name before a colon; null if this is text that holds one, such as an address or a name in a namespace.</summary>
    private static string? FilterName(string text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] is >= 'a' and <= 'z')
        {
            end++;
        }

        if (end - at < 2 || end == text.Length || text[end] != ':')
        {
            return null;
        }

        var (name, next) = (text[at..end], end + 1 < text.Length ? text[end + 1] : ' ');
        return next == ':' || (next is '/' or '\\' && !Filters.Contains(name)) ? null : name;
    }

    /// <summary>Up to the closing quote, or to the next space.</summary>
    private static string? ReadValue(string text, ref int at)
    {
        if (at < text.Length && text[at] == '"')
        {
            var close = text.IndexOf('"', at + 1);
            if (close < 0)
            {
                return null;
            }

            var quoted = text[(at + 1)..close];
            at = close + 1;
            return quoted;
        }

        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] != '"')
        {
            at++;
        }

        return text[start..at];
    }

    private string? Term(string value, bool isQuoted, bool excluded, string text, ref int at)
    {
        var isPrefix = isQuoted ? at < text.Length && text[at] == '*' : value.EndsWith('*');
        at += isQuoted && isPrefix ? 1 : 0;
        var term = new SearchTerm(SearchTerm.Harmless(isQuoted ? value : value.TrimEnd('*')), isPrefix, excluded);
        var words = term.Words;
        if (words.Count == 0)
        {
            return null;
        }

        if (isPrefix && Encoding.UTF8.GetByteCount(words[^1]) < ShortestPrefix)
        {
            return $"Give at least {ShortestPrefix} letters before the star of '{term.Text}*'.";
        }

        _terms.Add(term);
        return null;
    }

    private string? Filter(string name, string value, bool excluded, int at)
    {
        if (!Filters.Contains(name))
        {
            return $"There is no filter '{name}:' (character {at + 1}). Filters are {string.Join(' ', Filters.Select(f => f + ":"))}; "
                + "to search for this text put it in quotes.";
        }

        if (value.Length == 0)
        {
            return $"Give '{name}:' a value (character {at + 1}).";
        }

        if (excluded && name is "before" or "after" or "role")
        {
            return $"'{name}:' cannot be excluded (character {at + 1}).";
        }

        return name switch
        {
            "before" or "after" => Time(name, value),
            "role" => Role(value),
            "agent" => Known(name, value, AgentWordAttribute.All, SearchMarks.Agent, excluded),
            "is" => Known(name, value, ["error"], SearchMarks.Is, excluded),
            "has" => Known(name, value, ["commit"], SearchMarks.Has, excluded),
            "project" => Mark(name, SearchMarks.Project(value), isPrefix: false, excluded),
            "model" => Mark(name, SearchMarks.Model(value), isPrefix: false, excluded),
            "tool" => Mark(name, SearchMarks.Tool(value), isPrefix: false, excluded),
            _ => SearchMarks.File(value) is { Length: > 0 } file
                ? Mark(name, file, isPrefix: true, excluded)
                : "Give 'file:' a name or the end of a path.",
        };
    }

    private string? Mark(string name, string mark, bool isPrefix, bool excluded)
    {
        _marks.Add(new SearchMark(name, mark, isPrefix, excluded));
        return null;
    }

    private string? Known(string name, string value, string[] known, Func<string, string> mark, bool excluded) => known.Contains(value)
        ? Mark(name, mark(value), isPrefix: false, excluded)
        : $"'{name}:' takes {string.Join(", ", known)}, not '{PreviewText.From(value, 40)}'.";

    private string? Role(string value)
    {
        foreach (var (word, rank) in Roles)
        {
            if (word == value)
            {
                _ranks.Add(rank);
                _limited = true;
                return null;
            }
        }

        return $"'role:' takes {string.Join(", ", Roles.Select(r => r.Word))}, not '{PreviewText.From(value, 40)}'.";
    }

    private string? Time(string name, string value)
    {
        if (Parameter.Time(value, endOfDay: false) is not { } atMs || atMs > long.MaxValue / 2)
        {
            return $"'{name}:' takes a date such as 2026-01-31 or 2026-01-31T12:00:00Z, not '{PreviewText.From(value, 40)}'.";
        }

        (_from, _to) = name == "after" ? (Math.Max(_from, (atMs + 999) / 1000), _to) : (_from, Math.Min(_to, ((atMs + 999) / 1000) - 1));
        _limited = true;
        return null;
    }
}
