using MediatR;
using Microsoft.Data.Sqlite;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;
using Muse.Sessions.Search;

namespace Muse.Sessions.Features.SearchItems;

/// <summary>
/// Walks the hits until a page of sessions is full, then reads the snippets from the transcripts. What it does is bounded
/// whatever is asked: an answer that ends early says so.
/// </summary>
internal sealed class SearchItemsHandler(
    SearchDatabase index, SearchIndexer indexer, SearchOrigins origins, SessionReads reads, ItemReader reader, TimeProvider clock)
    : RequestHandler<SearchItems.Query, Result<SearchItems.Response>>
{
    private const int MostHits = 3;
    private const int MostPassed = 5000;

    /// <summary>A snippet is not looked for beyond this; the item opens all the same.</summary>
    private static readonly BodyLimits Limits = new(Text: 100_000, Output: 200_000);

    protected override Result<SearchItems.Response> Handle(SearchItems.Query query)
    {
        try
        {
            return Find(query);
        }
        catch (SqliteException e)
        {
            index.GiveUp(e);
            return SessionProblems.SearchUnavailable(e.Message);
        }
    }

    private SearchItems.Response Find(SearchItems.Query query)
    {
        var asked = SearchQueryParser.Parse(query.Q!).Query!; // the validator saw to both
        var limit = Parameter.Limit(query.Limit, SearchItems.DefaultLimit, 100)!.Value;
        using var database = index.Read();
        var walk = new SearchWalk(database, asked, query.Cursor is null ? null : SearchPlace.TryParse(query.Cursor));
        var found = new List<Found>();
        var bySession = new Dictionary<string, Found>(StringComparer.Ordinal);
        var (known, enough) = (new Dictionary<long, SearchOrigin?>(), new Dictionary<int, Found>());
        SearchPlace? last = null;
        var (isFull, isBounded) = (false, false);
        while (!isFull && walk.Next() is { } place)
        {
            isBounded = walk.Passed >= MostPassed;
            if (enough.TryGetValue(SearchDocument.Transcript(place.Id), out var counted))
            {
                counted.More++;
            }
            else if (Origin(database, place.Id, known) is { } hit)
            {
                if (!bySession.TryGetValue(hit.Origin.SessionId, out var session))
                {
                    if (found.Count == limit)
                    {
                        isFull = true;
                        break;
                    }

                    found.Add(bySession[hit.Origin.SessionId] = session = new Found(hit.Origin.SessionId));
                }

                if (session.Hits.Count < MostHits)
                {
                    session.Hits.Add(hit);
                }
                else
                {
                    // Further hits of this transcript are counted without looking them up.
                    session.More++;
                    enough[SearchDocument.Transcript(place.Id)] = session;
                }
            }

            last = place;
            if (isBounded)
            {
                break;
            }
        }

        var groups = Groups(found, asked);
        return new SearchItems.Response(groups, isFull || isBounded ? last?.ToString() : null, isBounded, indexer.Progress);
    }

    /// <summary>Where a document stands; null if its generation is not read any more.</summary>
    private (SearchOrigin Origin, long Item)? Origin(DatabaseReader database, long id, Dictionary<long, SearchOrigin?> known)
    {
        var item = database.Query("SELECT item FROM documents WHERE id = ?").Bind(id).FirstNumber();
        var generation = ItemKey.Generation(item);
        if (!known.TryGetValue(generation, out var origin))
        {
            known[generation] = origin = origins.Of(generation);
        }

        return origin is null ? null : (origin, item);
    }

    private List<SearchItems.Group> Groups(List<Found> found, SearchQuery asked)
    {
        var rows = reads.Items(found.SelectMany(f => f.Hits).Select(h => h.Item)).ToDictionary(row => row.Key);
        var groups = new List<SearchItems.Group>(found.Count);
        foreach (var session in found)
        {
            if (reads.Session(session.Id) is not { } summary)
            {
                continue;
            }

            var snippets = new Dictionary<long, SearchItems.Hit>();
            foreach (var transcript in session.Hits.Where(h => rows.ContainsKey(h.Item)).GroupBy(h => h.Origin))
            {
                using var lines = reader.Open(transcript.Key.Path, transcript.Key.Generation, transcript.Key.CommittedBytes);
                foreach (var item in transcript.Select(h => rows[h.Item]).Select(row => (row.Key, Item: row.ToItem())))
                {
                    // What a fork copied is found in the session it was copied from.
                    if (summary.ParentId is null || !item.Item.Flags.HasFlag(ItemFlags.Inherited))
                    {
                        snippets[item.Key] = Hit(transcript.Key, item.Item, lines, asked);
                    }
                }
            }

            var hits = session.Hits.Where(h => snippets.ContainsKey(h.Item)).Select(h => snippets[h.Item]).ToList();
            if (hits.Count > 0)
            {
                groups.Add(new SearchItems.Group(summary.Summary(clock), hits, session.More, AtLeast: false));
            }
        }

        return groups;
    }

    private SearchItems.Hit Hit(SearchOrigin origin, Item item, TranscriptLines? lines, SearchQuery asked)
    {
        var snippet = SearchSnippet.Of(item, ItemReader.Body(reader.FormatOf(origin.Agent), item, lines, Limits), asked.Terms);
        return new SearchItems.Hit(
            ItemRef.Text(item.Ordinal), origin.AgentId, ItemView.KindWord(item.Kind), item.Name, item.AtMs, snippet.Text, snippet.Marks,
            origin.LinkTo(item.Ordinal));
    }

    private sealed class Found(string id)
    {
        public string Id { get; } = id;
        public List<(SearchOrigin Origin, long Item)> Hits { get; } = [];
        public int More { get; set; }
    }
}
