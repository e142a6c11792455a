using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using IResult = Microsoft.AspNetCore.Http.IResult;

namespace Muse.Sessions.Features.GetSession;

/// <summary>All items of a transcript, streamed: the answer is never in memory as a whole.</summary>
internal static class WholeThread
{
    /// <summary>Rows read and written at a time.</summary>
    private const int Chunk = 256;

    public sealed record Query(string Id, string? Agent, string? Kinds) : IRequest<Result<Thread>>;

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Kinds).Must(Parameter.AreKinds).WithMessage(Parameter.KindsHint);
    }

    public sealed class Handler(SessionsDbContext db, ItemReader reader, TimeProvider clock) : IRequestHandler<Query, Result<Thread>>
    {
        public async Task<Result<Thread>> Handle(Query query, CancellationToken ct)
        {
            var session = await db.Sessions.AsNoTracking().Where(s => s.Id == query.Id).Select(SessionWithParent.From(db)).FirstOrDefaultAsync(ct);
            if (session is null)
            {
                return SessionProblems.NotFound(query.Id);
            }

            var transcript = await db.FindTranscriptAsync(query.Id, query.Agent, ct);
            return transcript is null && query.Agent is { } agent
                ? SessionProblems.AgentNotFound(query.Id, agent)
                : new Thread(db, reader, session.Summary(clock), transcript, Parameter.Kinds(query.Kinds)!); // the validator read it
        }
    }

    /// <summary>Writes itself; the request's scope is open until it has.</summary>
    public sealed class Thread(
        SessionsDbContext db, ItemReader reader, SessionSummary session, CurrentTranscript? transcript, IReadOnlyList<string> kinds) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var ct = httpContext.RequestAborted;
            var options = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            var body = httpContext.Response.BodyWriter;
            await using var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = options.Encoder });
            using var lines = transcript is null ? null : TranscriptLines.Open(transcript.Path);

            json.WriteStartObject();
            json.WritePropertyName("session");
            JsonSerializer.Serialize(json, session, options);
            json.WriteString("agentId", transcript?.AgentId);
            json.WriteNumber("generation", transcript?.Generation ?? 0);
            json.WriteNumber("revision", transcript?.Revision ?? 0);
            json.WriteNumber("total", transcript?.Items ?? 0);
            json.WriteStartArray("items");
            await foreach (var rows in ChunksAsync(ct))
            {
                foreach (var view in reader.Views(transcript!, [.. rows.Select(r => r.ToItem())], lines, i => new ItemRef(i.Ordinal))) // rows are of a transcript
                {
                    JsonSerializer.Serialize(json, view, options);
                }

                await json.FlushAsync(ct);
                await body.FlushAsync(ct);
            }

            json.WriteEndArray();
            json.WriteBoolean("hasBefore", false);
            json.WriteBoolean("hasAfter", HasAfter(lines));
            json.WriteEndObject();
            await json.FlushAsync(ct);
            await body.FlushAsync(ct);
        }

        private async IAsyncEnumerable<List<ItemRow>> ChunksAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            if (transcript is null)
            {
                yield break;
            }

            var next = ItemKey.First(transcript.Generation);
            var end = ItemKey.Of(transcript.Generation, transcript.Items);
            while (true)
            {
                var rows = await db.Items.AsNoTracking()
                    .Where(i => i.Key >= next && i.Key < end && (kinds.Count == 0 || kinds.Contains(i.Kind)))
                    .OrderBy(i => i.Key).Take(Chunk).ToListAsync(ct);
                if (rows.Count == 0)
                {
                    yield break;
                }

                yield return rows;
                next = rows[^1].Key + 1;
            }
        }

        private bool HasAfter(TranscriptLines? lines) => transcript is not null && lines is not null
            && reader.FormatOf(transcript.Agent) is { } format && UnindexedPart.IsWorthReading(transcript, format, lines);
    }
}
