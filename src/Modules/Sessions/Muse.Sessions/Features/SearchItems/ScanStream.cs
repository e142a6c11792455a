using System.Text.Json;
using System.Threading.Channels;
using IResult = Microsoft.AspNetCore.Http.IResult;
using Microsoft.AspNetCore.Http;
using Muse.BuildingBlocks.Web;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Search;

namespace Muse.Sessions.Features.SearchItems;

/// <summary>
/// Looks through the transcripts, two at a time, and sends what it finds session by session: <c>hits</c>, in between
/// <c>progress</c>, at the end <c>done</c>. Ends when the client is gone.
/// </summary>
internal sealed class ScanStream(
    TextPattern pattern, SearchQuery filters, SearchSources sources, SessionReads reads, ItemReader reader, WorkCounters work, TimeProvider clock) : IResult
{
    private const int MostHits = 500;
    private const int AtOnce = 2;
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Tell = TimeSpan.FromMilliseconds(200);
    private int _filesDone;
    private long _bytesDone;
    private int _hits;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var stream = EventStream.Start(httpContext);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted);
        var all = sources.All().Where(s => (!s.Missing || File.Exists(s.Path)) && new SearchFilters(filters).Take(s)).ToList();
        var total = all.Sum(s => s.CommittedBytes);
        var found = Channel.CreateBounded<SearchItems.Group>(16);
        var began = clock.GetTimestamp();
        var looking = LookAsync(all, found.Writer, stop.Token);
        var reason = "complete";
        try
        {
            Send(stream, "progress", Progress(all.Count, total));
            await stream.FlushAsync();
            var more = found.Reader.WaitToReadAsync(stop.Token).AsTask();
            while (reason == "complete")
            {
                if (await Task.WhenAny(more, Task.Delay(Tell, clock, stop.Token)) != more)
                {
                    Send(stream, "progress", Progress(all.Count, total));
                }
                else if (await more)
                {
                    while (found.Reader.TryRead(out var group))
                    {
                        _hits += group.Hits.Count;
                        Send(stream, "hits", group);
                    }

                    more = found.Reader.WaitToReadAsync(stop.Token).AsTask();
                }
                else
                {
                    break;
                }

                await stream.FlushAsync();
                reason = _hits >= MostHits ? "hits" : clock.GetElapsedTime(began) > LongestLook ? "time" : reason;
            }

            Send(stream, "done", new ScanItems.Done(reason, Progress(all.Count, total)));
            await stream.FlushAsync();
        }
        catch (OperationCanceledException)
        {
            // The client left, as clients do.
        }
        finally
        {
            await stop.CancelAsync();
            await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            work.Add("search.bytesScanned", _bytesDone);
        }
    }

    private ScanItems.Progress Progress(int files, long bytes) =>
        new(Volatile.Read(ref _filesDone), files, Interlocked.Read(ref _bytesDone), bytes, _hits);

    private async Task LookAsync(List<SearchSource> all, ChannelWriter<SearchItems.Group> found, CancellationToken ct)
    {
        try
        {
            await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (source, token) =>
            {
                var hits = Look(source, token);
                Interlocked.Increment(ref _filesDone);
                if (hits.Count > 0 && reads.Session(source.SessionId) is { } session)
                {
                    await found.WriteAsync(
                        new SearchItems.Group(session.Summary(clock), hits[..Math.Min(hits.Count, FileScan.MostShown)], Math.Max(0, hits.Count - FileScan.MostShown)),
                        token);
                }
            });
            found.Complete();
        }
        catch (Exception e)
        {
            found.Complete(e);
        }
    }

    private List<SearchItems.Hit> Look(SearchSource source, CancellationToken ct)
    {
        try
        {
            return new FileScan(pattern, new SearchFilters(filters), source, reads, reader).Find(bytes => Interlocked.Add(ref _bytesDone, bytes), ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // One file that cannot be read keeps nobody from the others.
            return [];
        }
    }

    private static void Send<T>(EventStream stream, string type, T data) =>
        stream.Write(type, 0, JsonSerializer.SerializeToUtf8Bytes(data, JsonSerializerOptions.Web));
}
