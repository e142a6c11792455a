using System.ComponentModel;
using System.Text.Json;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Features.GetItem;

/// <summary>Everything of one item that a person can look at. <c>GET /api/sessions/{id}/items/{item}</c></summary>
internal static class GetItem
{
    private static readonly BodyLimits Limits = new(Text: 60_000, Output: 60_000);

    public sealed record Query(string Id, string Item, string? Agent) : IRequest<Result<Response>>;

    /// <param name="Input">A tool's input, as the agent wrote it.</param>
    /// <param name="Output">May hold terminal escapes: whoever shows it sanitizes.</param>
    /// <param name="OutputBytes">Of the whole output.</param>
    public sealed record Response(
        string Id, [property: KindWord] string Kind, string? Name, string? Text, bool TextCut, JsonElement? Input, string? Output, bool OutputCut,
        long OutputBytes, IReadOnlyList<PatchView> Patches, IReadOnlyList<ImageView> Images, IReadOnlyList<TodoView> Todos,
        long LineOffset, int LineLength, long? ResultOffset, int? ResultLength);

    public sealed record PatchView(string Path, int Added, int Removed, IReadOnlyList<HunkView> Hunks);

    public sealed record HunkView(int OldStart, int OldLines, int NewStart, int NewLines, IReadOnlyList<string> Lines);

    public sealed record ImageView(int Index, string MediaType, long Bytes);

    public sealed record TodoView(string Content, string Status);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/items/{item}", async (string id, string item, [Description(Parameter.AgentWords)] string? agent, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id, item, agent), ct)).ToHttp(TypedResults.Ok))
            .WithName("GetItem").WithTags("Sessions")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Item).Must(Parameter.IsItem).WithMessage(Parameter.ItemHint);
    }

    public sealed class Handler(ItemFinder finder) : RequestHandler<Query, Result<Response>>
    {
        protected override Result<Response> Handle(Query request)
        {
            var result = finder.Find(request.Id, request.Agent, request.Item);
            if (result.IsFailed)
            {
                return result.Problem;
            }

            using var found = result.Value;
            var item = found.Item;
            // What is left of an item whose file is gone is its preview.
            var body = found.Body(Limits) ?? new ItemBody { Text = item.Preview, TextCut = true, OutputCut = item.ResultOffset is not null };
            return new Response(
                found.Id.ToString(), ItemView.KindWord(item.Kind), item.Name, body.Text, body.TextCut,
                body.Input is null ? null : JsonElement.Parse(body.Input), body.Output, body.OutputCut, body.OutputBytes,
                [.. body.Patches.Select(ToView)],
                [.. body.Images.Select(i => new ImageView(i.Index, i.MediaType, i.Bytes))],
                [.. body.Todos.Select(t => new TodoView(t.Content, t.Status))],
                item.Offset, item.Length, item.ResultOffset, item.ResultOffset is null ? null : item.ResultLength);
        }

        private static PatchView ToView(Patch patch) => new(
            patch.Path, patch.Added, patch.Removed,
            [.. patch.Hunks.Select(h => new HunkView(h.OldStart, h.OldLines, h.NewStart, h.NewLines, h.Lines))]);
    }
}
