using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Curation;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Features.SaveTag;

/// <summary>Makes a tag, or changes its name, colour and rule. <c>PUT /api/tags/{tag}</c></summary>
internal static class SaveTag
{
    public sealed record Command(string Tag, string? Name, string? Color, TagRule? Rule) : IRequest<Result<Unit>>;

    /// <param name="Name">Another name for it; null keeps the one it has.</param>
    /// <param name="Color">Null keeps the one it has; a new one is gray.</param>
    /// <param name="Rule">What puts it on sessions by itself; null for by hand only.</param>
    public sealed record Body([property: MaxLength(TagName.Longest)] string? Name, [property: TagColorWord] string? Color, TagRule? Rule);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPut("/api/tags/{tag}", async (string tag, Body body, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(tag, body.Name, body.Color, body.Rule), ct)).ToHttp(_ => TypedResults.NoContent()))
            .WithName("SaveTag").WithTags("Curation")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(IEnumerable<ITranscriptFormat> formats)
        {
            var agents = formats.Select(f => f.Agent).ToList();
            RuleFor(c => c.Tag).Must(tag => TagName.TryParse(tag) is not null).WithMessage(TagName.Hint);
            RuleFor(c => c.Name).Must(name => name is null || TagName.TryParse(name) is not null).WithMessage(TagName.Hint);
            RuleFor(c => c.Color).Must(color => color is null || TagColorWordAttribute.All.Contains(color))
                .WithMessage($"Give one of {string.Join(", ", TagColorWordAttribute.All)}.");
            RuleFor(c => c.Rule).Must(rule => rule is null or { IsEmpty: false }).WithMessage("Give at least one of agent, project, model, branch, state and q, or no rule.");
            RuleFor(c => c.Rule).Must(rule => rule?.Agent is null || agents.Contains(rule.Agent)).WithMessage($"For agent give one of {string.Join(", ", agents)}.");
            RuleFor(c => c.Rule).Must(rule => rule?.State is null || StateWordAttribute.All.Contains(rule.State))
                .WithMessage($"For state give one of {string.Join(", ", StateWordAttribute.All)}.");
            RuleFor(c => c.Rule).Must(rule => rule?.Q is not { Length: > 200 }).WithMessage("q has at most 200 characters.");
        }
    }

    public sealed class Handler(CurationStore store) : IRequestHandler<Command, Result<Unit>>
    {
        public Task<Result<Unit>> Handle(Command command, CancellationToken ct) => store.WriteAsync<Result<Unit>>(
            write =>
            {
                var (tag, name) = (TagName.TryParse(command.Tag)!, TagName.TryParse(command.Name ?? command.Tag)!); // the validator read them
                if (name != tag && write["SELECT count(*) FROM sessions_tags WHERE name = ?"].Bind(name).FirstNumber() > 0)
                {
                    return SessionProblems.TagTaken(name);
                }

                var rule = command.Rule is null ? null : JsonSerializer.Serialize(command.Rule, JsonSerializerOptions.Web);
                write["""
                    INSERT INTO sessions_tags (name, color, rule) VALUES (?1, coalesce(?2, ?3), ?4)
                    ON CONFLICT DO UPDATE SET color = coalesce(?2, color), rule = ?4
                    """].Bind(tag).Bind(command.Color).Bind(TagColorWordAttribute.All[0]).Bind(rule).Execute();
                if (name != tag)
                {
                    write["UPDATE sessions_tags SET name = ? WHERE name = ?"].Bind(name).Bind(tag).Execute();
                    write["UPDATE sessions_session_tags SET tag = ? WHERE tag = ?"].Bind(name).Bind(tag).Execute();
                }

                write.Told.Add(new("tags", null));
                return Unit.Value;
            },
            ct);
    }
}
