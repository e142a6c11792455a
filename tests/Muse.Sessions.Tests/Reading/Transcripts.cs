using Muse.Sessions.Ingest;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Tests.Reading;

/// <summary>Reads transcripts as the ingest does, without its tables.</summary>
internal static class Transcripts
{
    /// <summary>Everything a transcript gives when it is read in the given pieces; a document is always read whole.</summary>
    public static ReadResult Read(ITranscriptFormat format, string path, TranscriptPlace place, byte[] bytes, params IEnumerable<int> cuts)
    {
        if (!format.IsDocument(path))
        {
            return Read(format, place, bytes, cuts);
        }

        var batch = new ReadBatch(0);
        var reader = format.Open(place, []);
        reader.ReadDocument(bytes, batch);
        var result = new ReadResult { State = reader.SaveState() };
        result.Take(batch);
        return result;
    }

    /// <summary>Each piece ends behind a newline, and the next begins with the state that the last one saved.</summary>
    public static ReadResult Read(ITranscriptFormat format, TranscriptPlace place, byte[] bytes, params IEnumerable<int> cuts)
    {
        var result = new ReadResult();
        byte[] state = [];
        var start = 0;
        foreach (var cut in cuts.Order().Append(bytes.Length))
        {
            // As the ingest does: only complete lines, the rest waits.
            var end = start + bytes.AsSpan(start, cut - start).LastIndexOf((byte)'\n') + 1;
            if (end <= start)
            {
                continue;
            }

            var reader = format.Open(place, state);
            var batch = new ReadBatch(result.Items.Count);
            TranscriptIntake.ReadLines(reader, bytes.AsSpan(start, end - start), start, batch);
            result.Take(batch);
            state = reader.SaveState();
            start = end;
        }

        result.State = state;
        return result;
    }
}
