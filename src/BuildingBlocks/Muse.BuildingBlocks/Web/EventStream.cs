using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Muse.BuildingBlocks.Web;

/// <summary>
/// Writes server-sent events. The framework's own writer makes every event anew for every client; this one takes bytes
/// that were made once. Ends when the client is gone: <see cref="HttpContext.RequestAborted"/>, which a half-closed
/// connection raises too.
/// </summary>
public sealed class EventStream
{
    private readonly PipeWriter _body;
    private readonly CancellationToken _aborted;

    private EventStream(PipeWriter body, CancellationToken aborted) => (_body, _aborted) = (body, aborted);

    /// <summary>Sends the headers. Write the first event at once: proxies and browsers wait for it.</summary>
    public static EventStream Start(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache,no-store";
        // Compression would hold events back, and so would a buffering proxy.
        response.Headers.ContentEncoding = "identity";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        return new EventStream(response.BodyWriter, context.RequestAborted);
    }

    /// <summary>The id of the last event a returning client saw, from the header or, for clients that cannot set it, the query.</summary>
    public static string? LastEventId(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Headers["Last-Event-ID"].ToString();
        id = id.Length > 0 ? id : request.Query["lastEventId"].ToString();
        return id.Length > 0 ? id : null;
    }

    /// <summary>Puts an event into the buffer; <see cref="FlushAsync"/> sends it.</summary>
    /// <param name="data">JSON without line breaks.</param>
    public void Write(string type, string id, ReadOnlySpan<byte> data)
    {
        Put("event: "u8);
        Put(type);
        Put("\nid: "u8);
        Put(id);
        Put("\ndata: "u8);
        Put(data);
        Put("\n\n"u8);
    }

    /// <inheritdoc cref="Write(string, string, ReadOnlySpan{byte})" />
    public void Write(string type, long id, ReadOnlySpan<byte> data) => Write(type, id.ToString(CultureInfo.InvariantCulture), data);

    /// <summary>Sends what is buffered; waits while the client's connection takes no more.</summary>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async ValueTask FlushAsync()
    {
        var flushed = await _body.FlushAsync(_aborted);
        if (flushed.IsCompleted || flushed.IsCanceled)
        {
            // The connection takes nothing any more although no abort was raised yet: leave instead of writing into the void.
            throw new OperationCanceledException(_aborted);
        }
    }

    private void Put(ReadOnlySpan<byte> bytes) => _body.Write(bytes);

    private void Put(string text) => Encoding.UTF8.GetBytes(text, _body);
}
