using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Live;

/// <summary>
/// Makes the bytes of an event, once for all streams: texts come from the file, session rows from the table as it is
/// when somebody is told.
/// </summary>
internal sealed class LiveRenderer(SessionReads reads, ItemReader reader, TimeProvider clock, IOptions<JsonOptions> json)
{
    private const int MostKnown = 1024;
    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;
    private readonly ConcurrentDictionary<long, CurrentTranscript> _transcripts = new();

    public byte[]? Render(LiveEvent live) => live.Render(Make);

    public byte[] Json<T>(T data) => JsonSerializer.SerializeToUtf8Bytes(data, _json);

    private byte[]? Make(LiveEvent live) => live switch
    {
        { Kind: LiveKind.Items, Change: { } change } => Items(change),
        { Kind: LiveKind.Reset, Change: { } change } => Json(new LiveMessages.ResetData(change.SessionId, change.AgentId, change.Generation)),
        { Kind: LiveKind.Session, SessionId: { } id } => Session(id),
        { Kind: LiveKind.Topic, Topic: { } topic } => topic.Data,
        { Kind: LiveKind.Curation, Curation: { } part } => Json(part),
        { Kind: LiveKind.Ingest, Progress: { } progress } => Json(progress),
        _ => Json(new LiveMessages.BeatData(live.AtMs)),
    };

    private byte[]? Items(LiveChange change)
    {
        if (!_transcripts.TryGetValue(change.Generation, out var transcript))
        {
            transcript = reads.Transcript(change.Generation);
            if (transcript is null)
            {
                return null;
            }

            if (_transcripts.Count >= MostKnown)
            {
                _transcripts.Clear();
            }

            _transcripts[change.Generation] = transcript;
        }

        return Json(new LiveMessages.ItemsData(
            change.SessionId, change.AgentId, change.Generation, change.Revision, reader.Views(transcript, change.Items), change.Total));
    }

    /// <summary>Null for a session that lists do not show.</summary>
    private byte[]? Session(string id)
    {
        var session = reads.Session(id);
        return session is null or { Row.Internal: true } ? null : Json(session.Summary(clock));
    }
}
