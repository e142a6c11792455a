using Muse.Sessions.Reading;

namespace Muse.Sessions.Ingest;

/// <summary>
/// A transcript as the ingest knows it. Two positions: what is committed, and what was read ahead of it by this
/// process; a failed commit throws the second away.
/// </summary>
internal sealed class TrackedFile(ITranscriptFormat format, string root, string path)
{
    public ITranscriptFormat Format { get; } = format;
    public string Root { get; } = root;
    public string Path { get; } = path;

    /// <summary>0 until the first read made the rows.</summary>
    public long TranscriptId { get; set; }
    public TranscriptPlace? Place { get; set; }
    public string SessionId { get; set; } = "";
    public Position Committed { get; set; } = Position.None;

    /// <summary>Where the next read starts; equal to <see cref="Committed"/> when nothing is in flight.</summary>
    public Position Read { get; set; } = Position.None;

    /// <summary>The reader standing at <see cref="Read"/>; null when it must be opened from the saved state.</summary>
    public ITranscriptReader? Reader { get; set; }

    /// <summary>The last stamp seen by walk or read; equal stamps need no look at the file.</summary>
    public FileStamp? Seen { get; set; }
    public bool Missing { get; set; }

    /// <summary>Waits in the queue's first lane; the queue's own mark.</summary>
    public bool Hot { get; set; }

    /// <summary>What kept the file from being read at the last try; null if nothing did.</summary>
    public string? Problem { get; set; }

    /// <summary>Reads handed to the writer and not yet committed.</summary>
    public int InFlight { get; set; }

    /// <summary>True if the committed position covers a file with this stamp, so that it need not be opened.</summary>
    public bool IsRead(FileStamp stamp) => Committed.Generation != 0 && Committed.Stamp == stamp
        && Committed.ReaderVersion == Format.Version && (Committed.Offset >= stamp.SizeBytes || Format.IsDocument(Path));

    /// <summary>The stamp under which a last line without a newline was looked at; looked at once, when its file has become quiet.</summary>
    public FileStamp? LastLineTried { get; set; }

    /// <summary>True if something stands behind the last newline of a file that nobody writes to any more, and it was not looked at yet.</summary>
    public bool HasLastLineLeft(FileStamp stamp, TimeProvider clock) => Committed.Generation != 0 && Committed.Stamp == stamp
        && Committed.Offset < stamp.SizeBytes && InFlight == 0 && LastLineTried != stamp && !Format.IsDocument(Path) && stamp.IsQuiet(clock);

    /// <summary>True if it is gone and was not read to its end by this reader: what is kept of it has to be.</summary>
    public bool IsLeftUnread => Missing && InFlight == 0
        && (Committed.Generation == 0 || Committed.ReaderVersion != Format.Version || Committed.Stamp.ModifiedNs == 0);

    public void ForgetReadAhead()
    {
        Read = Committed;
        Reader = null;
        Seen = null;
        InFlight = 0;
    }
}

/// <summary>A point in a generation up to which everything is known.</summary>
/// <param name="Generation">0: no generation yet.</param>
internal sealed record Position(
    long Generation, long Offset, long Items, long Revision, FileStamp Stamp, PrefixProof Proof, int ReaderVersion, byte[]? ReaderState)
{
    public static readonly Position None = new(0, 0, 0, 0, default, PrefixProof.Load([]), 0, []);
}
