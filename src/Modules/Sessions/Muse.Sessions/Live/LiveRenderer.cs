using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Live;

/// <summary>
/// Makes the bytes of an event, once for all streams: texts come from the file, session rows from the table as it is
/// when somebody is told.
/// </summary>
internal sealed class LiveRenderer(IServiceScopeFactory scopes, ItemReader reader, TimeProvider clock, IOptions<JsonOptions> json)
{
    private const int MostKnown = 1024;
    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;
    private readonly ConcurrentDictionary<long, CurrentTranscript> _transcripts = new();

    public Task<byte[]?> RenderAsync(LiveEvent live) => live.RenderAsync(MakeAsync);

    public byte[] Json<T>(T data) => JsonSerializer.SerializeToUtf8Bytes(data, _json);

    private async Task<byte[]?> MakeAsync(LiveEvent live) => live switch
    {
        { Kind: LiveKind.Items, Change: { } change } => await ItemsAsync(change),
        { Kind: LiveKind.Reset, Change: { } change } => Json(new LiveMessages.ResetData(change.SessionId, change.AgentId, change.Generation)),
        { Kind: LiveKind.Session, SessionId: { } id } => await SessionAsync(id),
        { Kind: LiveKind.Topic, Topic: { } topic } => topic.Data,
        { Kind: LiveKind.Ingest, Progress: { } progress } => Json(progress),
        _ => Json(new LiveMessages.BeatData(live.AtMs)),
    };

    private async Task<byte[]?> ItemsAsync(LiveChange change)
    {
        if (!_transcripts.TryGetValue(change.Generation, out var transcript))
        {
            await using var scope = scopes.CreateAsyncScope();
            transcript = await scope.ServiceProvider.GetRequiredService<SessionsDbContext>()
                .FindTranscriptAsync(change.Generation, CancellationToken.None); // made for all streams, so no stream's end stops it
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
    private async Task<byte[]?> SessionAsync(string id)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionsDbContext>();
        var session = await db.Sessions.AsNoTracking().Where(s => s.Id == id && !s.Internal).Select(SessionWithParent.From(db))
            .FirstOrDefaultAsync(CancellationToken.None);
        return session is null ? null : Json(session.Summary(clock));
    }
}
