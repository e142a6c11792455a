using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
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

    public sealed class Handler(SessionReads reads, ItemReader reader, TimeProvider clock) : RequestHandler<Query, Result<Thread>>
    {
        protected override Result<Thread> Handle(Query request)
        {
            if (reads.Session(request.Id) is not { } session)
            {
                return SessionProblems.NotFound(request.Id);
            }

            var transcript = reads.Transcript(request.Id, request.Agent);
            return transcript is null && request.Agent is { } agent
                ? SessionProblems.AgentNotFound(request.Id, agent)
                : new Thread(reads, reader, session.Summary(clock), transcript, Parameter.Kinds(request.Kinds)!); // the validator read it
        }
    }

    /// <summary>Writes itself; the request's scope is open until it has.</summary>
    public sealed class Thread(
        SessionReads reads, ItemReader reader, SessionSummary session, CurrentTranscript? transcript, IReadOnlyList<string> kinds) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var ct = httpContext.RequestAborted;
            var options = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            var body = httpContext.Response.BodyWriter;
            await using var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = options.Encoder });
            using var lines = transcript is null ? null : reader.Open(transcript);

            json.WriteStartObject();
            json.WritePropertyName("session");
            JsonSerializer.Serialize(json, session, options);
            json.WriteString("agentId", transcript?.AgentId);
            json.WriteNumber("generation", transcript?.Generation ?? 0);
            json.WriteNumber("revision", transcript?.Revision ?? 0);
            json.WriteNumber("total", transcript?.Items ?? 0);
            json.WriteStartArray("items");
            foreach (var rows in Chunks())
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

        private IEnumerable<List<ItemRow>> Chunks()
        {
            if (transcript is null)
            {
                yield break;
            }

            var next = ItemKey.First(transcript.Generation);
            var end = ItemKey.Of(transcript.Generation, transcript.Items);
            while (true)
            {
                var rows = reads.ItemsFrom(next, end, kinds, Chunk);
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
