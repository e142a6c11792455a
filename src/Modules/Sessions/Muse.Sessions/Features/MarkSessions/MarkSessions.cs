using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Curation;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Features.MarkSessions;

/// <summary>Marks or tags several sessions at once, all or none. <c>POST /api/sessions/marks</c></summary>
internal static class MarkSessions
{
    /// <summary>More than anybody selects by hand; each is a few statements of one transaction.</summary>
    private const int Most = 1_000;
    private static readonly string[] Marks = ["pin", "star", "archive", "read"];

    public sealed record Command(IReadOnlyList<string> Ids, string? Mark, string? Tag, bool On) : IRequest<Result<Response>>;

    /// <param name="Mark">This or a tag.</param>
    /// <param name="On">False takes it back.</param>
    public sealed record Body(
        [property: Description("At most 1,000 sessions.")] IReadOnlyList<string> Ids, [property: AllowedValues("pin", "star", "archive", "read")] string? Mark,
        [property: MaxLength(TagName.Longest)] string? Tag, bool On);

    /// <param name="Changed">Those for which it was not so before: taking it back for them is as if nothing had been done.</param>
    /// <param name="Unknown">Those that there are not.</param>
    public sealed record Response(IReadOnlyList<string> Changed, IReadOnlyList<string> Unknown);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPost("/api/sessions/marks", async (Body body, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(body.Ids ?? [], body.Mark, body.Tag, body.On), ct)).ToHttp(TypedResults.Ok))
            .WithName("MarkSessions").WithTags("Curation")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Ids).Must(ids => ids.Count is > 0 and <= Most && ids.All(id => id is { Length: > 0 and <= 64 }))
                .WithMessage("Give 1 to 1000 ids of sessions, as GET /api/sessions lists them.");
            RuleFor(c => c.Mark).Must(mark => mark is null || Marks.Contains(mark)).WithMessage($"Give one of {string.Join(", ", Marks)}.");
            RuleFor(c => c.Mark).Must((c, mark) => (mark is null) != (c.Tag is null)).WithMessage("Give either a mark or a tag.");
            RuleFor(c => c.Tag).Must(tag => tag is null || TagName.TryParse(tag) is not null).WithMessage(TagName.Hint);
        }
    }

    public sealed class Handler(CurationStore store, SessionTags tags, TimeProvider clock) : IRequestHandler<Command, Result<Response>>
    {
        public async Task<Result<Response>> Handle(Command command, CancellationToken ct)
        {
            var tag = TagName.TryParse(command.Tag);
            // Before the transaction: rules are asked over all sessions, and one that changes meanwhile was changed by a person.
            var carrying = tag is null ? [] : tags.Carrying(tag);
            return await store.WriteAsync<Result<Response>>(
                write =>
                {
                    if (tag is not null && !command.On && write["SELECT count(*) FROM sessions_tags WHERE name = ?"].Bind(tag).FirstNumber() == 0)
                    {
                        return SessionProblems.TagNotFound(tag);
                    }

                    var (changed, unknown) = (new List<string>(), new List<string>());
                    foreach (var id in command.Ids.Distinct(StringComparer.Ordinal))
                    {
                        if (!write.HasSession(id))
                        {
                            unknown.Add(id);
                        }
                        else if (Set(write, id))
                        {
                            changed.Add(id);
                        }
                    }

                    return new Response(changed, unknown);
                },
                ct);

            bool Set(CurationWrite write, string id)
            {
                if (tag is null)
                {
                    return write.Mark(id, command.Mark!, command.On, clock.GetUtcNow().ToUnixTimeMilliseconds()); // the validator saw one of the two
                }

                if (carrying.Contains(id) == command.On)
                {
                    return false;
                }

                write.Tag(id, tag, command.On);
                return true;
            }
        }
    }
}
