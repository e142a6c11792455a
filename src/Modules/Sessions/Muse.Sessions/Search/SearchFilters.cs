using System.Buffers;
using System.Text;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Search;

/// <summary>The filters of a query, asked of transcripts and items themselves instead of the index. One thread at a time.</summary>
internal sealed class SearchFilters(SearchQuery asked)
{
    private static readonly string[] OfTranscripts = ["project", "agent", "model"];
    private readonly ArrayBufferWriter<byte> _marks = new();
    private readonly (SearchMark Mark, byte[] Text)[] _asked = [.. asked.Marks.Select(m => (m, Encoding.UTF8.GetBytes(m.IsPrefix ? m.Text[..^1] : m.Text)))];

    /// <summary>False if no item of the transcript can pass.</summary>
    public bool Take(SearchSource source) =>
        source.LastAtMs / 1000 >= asked.FromSecond && Take(Encoding.UTF8.GetBytes(source.Marks), m => OfTranscripts.Contains(m.Name));

    /// <summary>False if the item cannot pass, as far as that is known without its body.</summary>
    public bool Take(Item item, SearchSource source) => asked.Ranks.Contains(SearchRanks.Of(item.Kind))
        && ((item.AtMs ?? source.LastAtMs) / 1000) is var second && second >= asked.FromSecond && second <= asked.ToSecond
        && Take(item, null, source, m => m.Name != "file");

    /// <summary>Whether the item passes.</summary>
    public bool Take(Item item, ItemBody? body, SearchSource source) => Take(item, body, source, _ => true);

    private bool Take(Item item, ItemBody? body, SearchSource source, Func<SearchMark, bool> which)
    {
        if (_asked.Length == 0)
        {
            return true;
        }

        _marks.ResetWrittenCount();
        SearchText.WriteMarks(item, body, source.Marks, _marks);
        return Take(_marks.WrittenSpan, which);
    }

    /// <summary>A filter named twice takes either.</summary>
    private bool Take(ReadOnlySpan<byte> marks, Func<SearchMark, bool> which)
    {
        foreach (var group in _asked.Where(a => which(a.Mark)).GroupBy(a => (a.Mark.Name, a.Mark.Excluded)))
        {
            var isThere = false;
            foreach (var (_, text) in group)
            {
                isThere |= marks.IndexOf(text) >= 0;
            }

            if (isThere == group.Key.Excluded)
            {
                return false;
            }
        }

        return true;
    }
}
