using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Muse.Host.Web;

/// <summary>The built client: files as they are, and its one page for every address a person can open.</summary>
internal static class ClientFiles
{
    private static readonly string[] ServerPaths = ["/api", "/mcp", "/openapi", "/assets"];

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

    /// <summary>
    /// The last of the pipeline, not an endpoint: an endpoint for every path would answer 404 where a known path was
    /// asked with a wrong method, which is a 405.
    /// </summary>
    public static void UseMuseClientPages(this WebApplication app)
    {
        var page = Folder() is { } folder ? Path.Combine(folder, "index.html") : null;
        app.Run(context => ServePageAsync(context, page));
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
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return false;
        }

        if (Array.Exists(ServerPaths, p => request.Path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        if (request.Path == "/")
        {
            return true;
        }

        var mode = request.Headers["Sec-Fetch-Mode"];
        return mode.Count > 0
            ? mode == "navigate"
            : request.Headers[HeaderNames.Accept].ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    private static string? Folder()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        return Directory.Exists(folder) ? folder : null;
    }
}
