using System.Globalization;
using Muse.BuildingBlocks.Persistence;

namespace Muse.Sessions.Search;

/// <summary>A hit's place in the order of hits: seconds by which it counts, and its document.</summary>
internal readonly record struct SearchPlace(long Weight, long Id)
{
    public static SearchPlace Of(long id) => new(SearchDocument.Second(id) + SearchDocument.Rank(id).Ahead(), id);

    public bool ComesBefore(SearchPlace other) => Weight != other.Weight ? Weight > other.Weight : Id > other.Id;

    public override string ToString() => Id.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>Null for what is none.</summary>
    public static SearchPlace? TryParse(string text) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) && id >= 0 ? Of(id) : null;
}

/// <summary>
/// Walks the hits of a query, the best first, and as far as somebody asks: each rank from its newest on, the four merged.
/// A common word costs no more than a rare one, and a rank is not asked before it may have the next hit.
/// </summary>
internal sealed class SearchWalk
{
    private const int FirstBatch = 200;
    private const int LaterBatch = 2000;

    /// <summary>More words than this with one beginning are left to SQLite.</summary>
    private const int MostWords = 150;
    private readonly DatabaseReader _index;
    private readonly string _match;
    private readonly List<Lane> _lanes = [];

    /// <param name="after">Where the page before ended.</param>
    public SearchWalk(DatabaseReader index, SearchQuery query, SearchPlace? after)
    {
        _index = index;
        _match = query.Match(WordsFrom);
        foreach (var rank in query.Ranks)
        {
            var lane = new Lane(SearchDocument.First(rank, query.FromSecond), SearchDocument.Last(rank, query.ToSecond));
            if (after is { } place)
            {
                // Of the second that counts as much as the place, all with a lesser number are still to come.
                var second = place.Weight - rank.Ahead();
                lane.Last = Math.Min(lane.Last, rank == SearchDocument.Rank(place.Id) ? place.Id - 1
                    : rank < SearchDocument.Rank(place.Id) ? SearchDocument.Last(rank, second)
                    : SearchDocument.First(rank, second) - 1);
            }

            lane.Last = Newest(lane);
            _lanes.Add(lane);
        }
    }

    /// <summary>Hits passed so far.</summary>
    public int Passed { get; private set; }

    /// <summary>The next hit; null if there is none.</summary>
    public SearchPlace? Next()
    {
        Lane? best;
        while (true)
        {
            best = Best(_lanes.Where(l => l.At < l.Ids.Count), l => l.Head);
            var unknown = Best(_lanes.Where(l => l.At == l.Ids.Count && !l.IsEmpty), l => l.Bound);
            if (unknown is null || best?.Head.ComesBefore(unknown.Bound) == true)
            {
                break;
            }

            Fill(unknown);
        }

        if (best is null)
        {
            return null;
        }

        Passed++;
        return SearchPlace.Of(best.Ids[best.At++]);
    }

    private static Lane? Best(IEnumerable<Lane> lanes, Func<Lane, SearchPlace> place) =>
        lanes.Aggregate((Lane?)null, (best, lane) => best is null || place(lane).ComesBefore(place(best)) ? lane : best);

    /// <summary>The newest document of a lane, whatever it says; below the first if there is none.</summary>
    private long Newest(Lane lane)
    {
        var newest = lane.First - 1;
        _index.Query("SELECT id FROM words_docsize WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1").Bind(lane.First).Bind(lane.Last).Each(row =>
        {
            newest = row.Number(0);
            return false;
        });
        return newest;
    }

    /// <summary>Words of the index that begin so: looked up one after another, as SQLite's list of words would count the hits of each.</summary>
    private IReadOnlyList<string>? WordsFrom(string beginning)
    {
        var words = new List<string>();
        for (var from = beginning; words.Count <= MostWords; from = words[^1] + "\u0001")
        {
            string? next = null;
            _index.Query("SELECT term FROM vocabulary WHERE term >= ? LIMIT 1").Bind(from).Each(row =>
            {
                next = row.Text(0);
                return false;
            });
            if (next is null || !next.StartsWith(beginning, StringComparison.Ordinal))
            {
                return words;
            }

            words.Add(next);
        }

        return null;
    }

    private void Fill(Lane lane)
    {
        var most = lane.Ids.Count == 0 ? FirstBatch : LaterBatch;
        lane.Ids = lane.Last < lane.First ? [] : _index.Query("SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?")
            .Bind(_match).Bind(lane.First).Bind(lane.Last).Bind(most).All(row => row.Number(0));
        (lane.At, lane.IsEmpty) = (0, lane.Ids.Count < most);
        lane.Last = lane.Ids.Count > 0 ? lane.Ids[^1] - 1 : lane.Last;
    }

    private sealed class Lane(long first, long last)
    {
        public long First { get; } = first;
        public long Last { get; set; } = last;
        public List<long> Ids { get; set; } = [];
        public int At { get; set; }

        /// <summary>Nothing is behind the ids at hand.</summary>
        public bool IsEmpty { get; set; }
        public SearchPlace Head => SearchPlace.Of(Ids[At]);

        /// <summary>No hit that is not at hand comes before this.</summary>
        public SearchPlace Bound => SearchPlace.Of(Last);
    }
}
