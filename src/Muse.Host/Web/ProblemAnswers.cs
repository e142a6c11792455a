using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Muse.Host.Web;

/// <summary>Every error that no slice has worded: RFC 9457 problems with a code and a way out.</summary>
internal static class ProblemAnswers
{
    public static IServiceCollection AddMuseProblems(this IServiceCollection services) => services
        .AddExceptionHandler<UnexpectedErrors>()
        .AddProblemDetails(options => options.CustomizeProblemDetails = context => Complete(context.HttpContext, context.ProblemDetails));

    /// <summary>Gives every bare error status its problem, whatever the caller says it accepts: a 404 is not a page.</summary>
    public static void UseMuseStatusProblems(this WebApplication app) => app.UseStatusCodePages(status =>
        Of(status.HttpContext).ExecuteAsync(status.HttpContext));

    /// <summary>The problem of the status that is set. Completed here, since the framework's hook runs only for callers that accept JSON.</summary>
    public static ProblemHttpResult Of(HttpContext context)
    {
        var result = TypedResults.Problem(statusCode: context.Response.StatusCode);
        Complete(context, result.ProblemDetails);
        return result;
    }

    private static void Complete(HttpContext context, ProblemDetails problem)
    {
        if (problem.Extensions.ContainsKey("code"))
        {
            return;
        }

        var (code, detail) = problem.Status switch
        {
            StatusCodes.Status400BadRequest => ("bad-request", "The request cannot be understood. Compare it with /openapi/v1.json."),
            StatusCodes.Status404NotFound => ("not-found", $"There is nothing at {context.Request.Path}. The addresses are listed at /docs."),
            StatusCodes.Status405MethodNotAllowed => ("method-not-allowed", $"{context.Request.Path} does not take {context.Request.Method}. See /docs."),
            StatusCodes.Status413PayloadTooLarge => ("too-large", "The request is larger than 8 MB. Send less at once."),
            StatusCodes.Status415UnsupportedMediaType => ("unsupported-media-type", "Send the body as application/json."),
            StatusCodes.Status500InternalServerError => ("internal", "Muse failed. The log of the server has the error under this trace id."),
            _ => ("failed", "The request failed. The log of the server may say more."),
        };
        (problem.Type, problem.Detail) = ($"urn:muse:problem:{code}", problem.Detail ?? detail);
        problem.Extensions["code"] = code;
    }
}

/// <summary>Logs what nobody expected and answers without a stack.</summary>
internal sealed partial class UnexpectedErrors(ILogger<UnexpectedErrors> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        httpContext.Response.StatusCode = exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        if (httpContext.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            Failed(logger, exception, httpContext.Request.Method, httpContext.GetEndpoint()?.DisplayName ?? "no endpoint", httpContext.TraceIdentifier);
        }

        var problem = ProblemAnswers.Of(httpContext);
        problem.ProblemDetails.Extensions["traceId"] = httpContext.TraceIdentifier;
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Endpoint} failed, trace id {TraceId}")]
    private static partial void Failed(ILogger logger, Exception exception, string method, string endpoint, string traceId);
}
