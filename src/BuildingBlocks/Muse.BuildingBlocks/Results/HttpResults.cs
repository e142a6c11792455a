using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Muse.BuildingBlocks.Results;

/// <summary>The one place where results become HTTP.</summary>
public static class HttpResults
{
    /// <summary>The value through <paramref name="ok"/>, or the problem as RFC 9457 problem details.</summary>
    public static IResult ToHttp<T>(this Result<T> result, Func<T, IResult> ok) =>
        result.IsFailed ? result.Problem.ToHttp() : ok(result.Value);

    /// <summary>Problem details of type <c>urn:muse:problem:CODE</c>; clients switch on <c>code</c>.</summary>
    public static IResult ToHttp(this Problem problem)
    {
        var (status, title) = problem.Kind switch
        {
            ProblemKind.NotFound => (StatusCodes.Status404NotFound, "Not found"),
            ProblemKind.Conflict => (StatusCodes.Status409Conflict, "Conflict"),
            ProblemKind.Unavailable => (StatusCodes.Status503ServiceUnavailable, "Not available now"),
            _ => (StatusCodes.Status400BadRequest, "Invalid request"),
        };
        var details = problem.Errors is null
            ? new ProblemDetails()
            : new HttpValidationProblemDetails(problem.Errors.ToDictionary());
        (details.Type, details.Title, details.Status, details.Detail) =
            ($"urn:muse:problem:{problem.Code}", title, status, problem.Message);
        details.Extensions["code"] = problem.Code;
        if (problem.Present is not null)
        {
            details.Extensions["present"] = problem.Present;
        }

        return details is HttpValidationProblemDetails validation ? TypedResults.Problem(validation) : TypedResults.Problem(details);
    }
}
