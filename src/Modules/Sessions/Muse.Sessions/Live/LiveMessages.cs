using System.ComponentModel.DataAnnotations;
using Muse.Sessions.Domain;
using Muse.Sessions.Ingest;

namespace Muse.Sessions.Live;

/// <summary>What an event stream carries: the data of each event under the event's name.</summary>
internal sealed record LiveMessages(
    LiveMessages.HelloData Hello, SessionSummary Session, LiveMessages.ItemsData Items, LiveMessages.ResetData Reset, IngestProgress Ingest,
    LiveMessages.BeatData Beat, LiveMessages.CurationData Curation)
{
    /// <param name="Verdict"><c>fresh</c>; <c>resumed</c>: what was missed follows; <c>gap</c>: fetch again.</param>
    /// <param name="Seq">Journal number the stream starts at.</param>
    public sealed record HelloData([property: AllowedValues(Fresh, Resumed, Gap)] string Verdict, long Seq);

    /// <summary>New and changed items of a transcript, to be matched by id.</summary>
    /// <param name="Total">Items of the transcript now.</param>
    public sealed record ItemsData(string SessionId, string? AgentId, long Generation, long Revision, IReadOnlyList<ItemView> Items, long Total);

    /// <summary>The file was rewritten: fetch it again.</summary>
    public sealed record ResetData(string SessionId, string? AgentId, long Generation);

    public sealed record BeatData(long AtMs);

    /// <summary>Something changed that is no session's row: fetch it again.</summary>
    /// <param name="Part">
    /// <c>tags</c>: what tags there are, and who carries them; <c>views</c>; <c>notes</c> of the session; <c>digest</c>: its health, brief and open loops.
    /// </param>
    public sealed record CurationData([property: AllowedValues("tags", "views", "notes", "digest")] string Part, string? SessionId);

    public const string Fresh = "fresh";
    public const string Resumed = "resumed";
    public const string Gap = "gap";
}
