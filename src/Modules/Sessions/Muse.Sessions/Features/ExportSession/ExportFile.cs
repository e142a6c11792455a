using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Muse.Sessions.Domain;
using Muse.Sessions.Export;
using IResult = Microsoft.AspNetCore.Http.IResult;

namespace Muse.Sessions.Features.ExportSession;

/// <summary>
/// Writes itself, an item at a time. The session is gone through twice if secrets are masked: what stands at the top tells
/// how many there are, and nothing is held in memory for it.
/// </summary>
internal sealed class ExportFile(ExportWalk walk, SessionSummary session, ExportChoice choice, string format, long atMs) : IResult
{
    /// <summary>Bytes that are sent on at once.</summary>
    private const int Enough = 64 << 10;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var ct = httpContext.RequestAborted;
        var mask = new ExportMask(choice.Mask);
        var shown = mask.Session(session);
        if (choice.Mask)
        {
            await walk.WriteAsync(new NoExport(), mask, Stop, ct);
            mask.Masked.Settle();
        }

        var response = httpContext.Response;
        response.ContentType = format switch
        {
            "json" => "application/json; charset=utf-8",
            "md" => "text/markdown; charset=utf-8",
            _ => "text/html; charset=utf-8",
        };
        // Never drawn on Muse's own pages: whatever it holds, it is a file.
        response.Headers.ContentDisposition = new ContentDisposition { FileName = ExportSession.FileName(shown, format), Inline = false }.ToString();
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        var body = response.BodyWriter;
        using var json = format == "json"
            ? new JsonExport(body, httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions)
            : null;
        IExportWriter writer = json is not null ? json : format == "md" ? new MarkdownExport(body) : new HtmlExport(body);
        writer.Begin(new ExportHead(shown, choice, atMs, mask.Masked.All, [.. walk.Prompts().Select(mask.Prompt)]));
        await walk.WriteAsync(writer, mask, FlushAsync, ct);
        await body.FlushAsync(ct);

        async ValueTask FlushAsync(CancellationToken stop)
        {
            if (body.UnflushedBytes >= Enough)
            {
                await body.FlushAsync(stop);
            }

            stop.ThrowIfCancellationRequested();
        }
    }

    private static ValueTask Stop(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return ValueTask.CompletedTask;
    }
}
