using Microsoft.AspNetCore.Connections;
using Muse.BuildingBlocks.Web;

namespace Muse.Host.Web;

/// <summary>Connections and event streams that are open now.</summary>
internal sealed class ConnectionFigures : IRuntimeFigures
{
    private long _open;
    private long _total;
    private long _streams;

    public string Name => "connections";

    public object Read() => new
    {
        open = Interlocked.Read(ref _open),
        total = Interlocked.Read(ref _total),
        streams = Interlocked.Read(ref _streams),
    };

    public ConnectionDelegate CountAsync(ConnectionDelegate next) => async connection =>
    {
        Interlocked.Increment(ref _open);
        Interlocked.Increment(ref _total);
        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    };

    public void StreamOpened() => Interlocked.Increment(ref _streams);

    public void StreamClosed() => Interlocked.Decrement(ref _streams);
}

/// <summary>
/// An event stream ends only when its client leaves. At shutdown the server would wait for that until its timeout, so
/// streams see the shutdown as their client's leaving.
/// </summary>
internal static class StreamShutdown
{
    public static void UseStreamsThatEndAtShutdown(this WebApplication app)
    {
        var figures = app.Services.GetRequiredService<ConnectionFigures>();
        app.Use(async (context, next) =>
        {
            if (!IsStream(context.Request))
            {
                await next(context);
                return;
            }

            var left = context.RequestAborted;
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(left, app.Lifetime.ApplicationStopping);
            context.RequestAborted = ended.Token;
            figures.StreamOpened();
            try
            {
                await next(context);
            }
            finally
            {
                figures.StreamClosed();
                context.RequestAborted = left;
            }
        });
    }

    private static bool IsStream(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && (request.Path.Equals("/api/events", StringComparison.OrdinalIgnoreCase)
            || request.Path.Value!.EndsWith("/stream", StringComparison.OrdinalIgnoreCase));
}
