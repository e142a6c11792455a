using Muse.Host.Settings;

namespace Muse.Host.Door;

/// <summary>The closed door: every request is examined, every answer carries the headers that keep browsers strict.</summary>
internal static class DoorMiddleware
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
        + "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // The reference page is a bundle we do not write: it needs inline styles and one inline script that starts it.
    private const string DocsPolicy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "connect-src 'self'; font-src 'self' data:; worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void UseMuseDoor(this WebApplication app, DoorSettings settings)
    {
        var policy = new DoorPolicy(settings);
        app.Use(async (context, next) =>
        {
            // At the start of the answer, since the exception handler clears what was set before.
            context.Response.OnStarting(static state => SetHeaders((HttpContext)state), context);
            if (policy.Examine(context) is not { } refusal)
            {
                await next(context);
                return;
            }

            await TypedResults.Problem(
                type: $"urn:muse:problem:{refusal.Code}",
                title: "Not allowed",
                statusCode: StatusCodes.Status403Forbidden,
                detail: refusal.Detail,
                extensions: [KeyValuePair.Create("code", (object?)refusal.Code)]).ExecuteAsync(context);
        });
    }

    private static Task SetHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            context.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase) ? DocsPolicy : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.CacheControl.Count == 0)
        {
            // Transcripts are private: no cache between or in the browser may keep them.
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }
}
