using System.Collections.Concurrent;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Curation;

/// <summary>
/// Where the items that have notes stand now. Looked up once per note and generation of its transcript: an answer costs no
/// read of the file again until the file is rewritten.
/// </summary>
internal sealed class NotePlaces(SessionReads reads, ItemReader reader)
{
    private const int MostKnown = 10_000;
    private readonly ConcurrentDictionary<(string Note, long Generation), ItemRef?> _known = new();

    /// <summary>Null for a note on the session, or if the item's record is found no more.</summary>
    public ItemRef? Find(NoteRow note)
    {
        if (note.Anchor is null || reads.Transcript(note.SessionId, note.AgentId) is not { } transcript)
        {
            return null;
        }

        var key = (note.Id, transcript.Generation);
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        using var lines = reader.Open(transcript);
        var found = ItemAnchor.Parse(note.Anchor).Find(reads, transcript, lines) is { } row ? new ItemRef(ItemKey.Ordinal(row.Key)) : (ItemRef?)null;
        if (found is not null)
        {
            // What is not found yet may stand in a part that is not indexed.
            if (_known.Count >= MostKnown)
            {
                _known.Clear();
            }

            _known[key] = found;
        }

        return found;
    }
}
