using System.ComponentModel.DataAnnotations;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Ingest;

/// <summary>How far the archive is read.</summary>
/// <param name="Reason">Why it is paused.</param>
/// <param name="SecondsLeft">Null while there is no rate yet.</param>
internal sealed record IngestProgress(
    [property: AllowedValues("idle", "reading", "paused")] string State,
    string? Reason,
    int FilesTotal,
    int FilesDone,
    long BytesTotal,
    long BytesDone,
    long BytesPerSecond,
    long? SecondsLeft,
    IReadOnlyList<IngestRoot> Roots);

/// <param name="From"><c>default</c>, <c>env NAME</c>, <c>config</c>.</param>
internal sealed record IngestRoot(
    [property: AgentWord] string Agent, string Path, string From, bool Exists, bool Readable, string? Problem, int Files, int Sessions);

/// <summary>What the ingest lets others read.</summary>
internal interface IIngestStatus
{
    IngestProgress Read();

    /// <summary>True if everything found is read and committed; false before the first look at what there is.</summary>
    bool IsAtRest { get; }

    /// <summary>The format of an agent; null for one this version does not know.</summary>
    ITranscriptFormat? FormatOf(string agent);
}
