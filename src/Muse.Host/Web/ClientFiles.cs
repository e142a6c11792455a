using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Muse.Host.Web;

/// <summary>The built client: files as they are, and its one page for every address a person can open.</summary>
internal static class ClientFiles
{
    private static readonly string[] ServerPaths = ["api", "mcp", "openapi", "assets"];

    public static void UseMuseClientFiles(this WebApplication app)
    {
        var folder = Folder();
        if (folder is null)
        {
            return;
        }

        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder),
            OnPrepareResponse = static file => file.Context.Response.Headers.CacheControl =
                file.Context.Request.Path.StartsWithSegments("/assets", StringComparison.OrdinalIgnoreCase)
                    // Their names carry a hash of their content.
                    ? "public, max-age=31536000, immutable"
                    : "no-cache",
        });
    }

    public static void MapMuseClientNavigation(this WebApplication app)
    {
        var page = Folder() is { } folder ? Path.Combine(folder, "index.html") : null;
        // Only what can be a page: an unknown address of the API stays a 404, and a wrong method on a known one a 405.
        var pages = RoutePatternFactory.Parse("{*path}", defaults: null, parameterPolicies: new { path = new NoServerPath() });
        app.Map(pages, context => ServePageAsync(context, page))
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]))
            .ExcludeFromDescription()
            .Add(endpoint => ((RouteEndpointBuilder)endpoint).Order = int.MaxValue);
    }

    private static async Task ServePageAsync(HttpContext context, string? page)
    {
        if (!IsNavigation(context.Request))
        {
            // The status alone: the problem is written around it.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (page is null || !File.Exists(page))
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync("Muse is running, but its pages were not built. Run ./muse up, which builds them.\n", context.RequestAborted);
            return;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        await context.Response.SendFileAsync(page, context.RequestAborted);
    }

    /// <summary>A missing script must be a 404: answered with the page, it fails later and says something else.</summary>
    private static bool IsNavigation(HttpRequest request)
    {
        var mode = request.Headers["Sec-Fetch-Mode"];
        return mode.Count > 0
            ? mode == "navigate"
            : request.Headers[HeaderNames.Accept].ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    private sealed class NoServerPath : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection)
        {
            var first = (values[routeKey] as string ?? "").Split('/')[0];
            return !ServerPaths.Contains(first, StringComparer.OrdinalIgnoreCase);
        }
    }

    private static string? Folder()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        return Directory.Exists(folder) ? folder : null;
    }
}
