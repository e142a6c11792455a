using Muse.Sessions.Archive;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Domain;

/// <summary>
/// The one way to a transcript's bytes: the agent's own file while it holds what was read of it, else what Muse kept.
/// Offsets are the same in both.
/// </summary>
internal sealed class TranscriptSources(TranscriptArchive archive)
{
    /// <summary>True if a part of the bytes costs no more than that part; false if there are none, or they have to be unpacked.</summary>
    public bool IsReadInParts(string path, long generation) => File.Exists(path) || archive.Find(generation) is not null;

    /// <inheritdoc cref="Open(string, long, long)" />
    public TranscriptLines? Open(CurrentTranscript transcript) => Open(transcript.Path, transcript.Generation, transcript.CommittedBytes);

    /// <summary>Null if neither has them.</summary>
    /// <param name="path">The name the transcript is known under.</param>
    /// <param name="generation">Whose bytes are wanted: a file that was replaced may have others by now.</param>
    /// <param name="committedBytes">Read of that generation: a file that is shorter was cut.</param>
    public TranscriptLines? Open(string path, long generation, long committedBytes)
    {
        var located = PackedFile.Located(path);

        // A packed file is unpacked whole for each look; of what is kept only the frames that are looked at.
        if (PackedFile.IsPacked(located) && archive.Find(generation) is { } whole && whole.Bytes >= committedBytes
            && archive.Open(whole) is { } unpacked)
        {
            return new TranscriptLines(unpacked);
        }

        var source = TranscriptLines.Open(path);
        if (source is not null && source.Length >= committedBytes)
        {
            return source;
        }

        if (archive.Find(generation) is { } kept && kept.Bytes > (source?.Length ?? -1) && archive.Open(kept) is { } bytes)
        {
            source?.Dispose();
            return new TranscriptLines(bytes);
        }

        return source;
    }
}
