using System.Text.Json;
using System.Threading.Channels;
using IResult = Microsoft.AspNetCore.Http.IResult;
using Microsoft.AspNetCore.Http;
using Muse.BuildingBlocks.Web;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Search;

namespace Muse.Sessions.Features.SearchItems;

/// <summary>What a look is for.</summary>
/// <param name="After">Where the look before ended.</param>
/// <param name="MostSessions">As many as are sent.</param>
internal sealed record ScanRequest(TextPattern Pattern, SearchQuery Filters, ScanCursor? After, int MostSessions);

/// <summary>
/// Looks through the transcripts, two parts at a time, and sends what it finds part by part, the newest first: <c>hits</c>, in
/// between <c>progress</c>, at the end <c>done</c>. Ends when the client is gone.
/// </summary>
internal sealed class ScanStream(
    ScanRequest asked, SearchSources sources, SessionReads reads, ItemReader reader, WorkCounters work, TimeProvider clock) : IResult
{
    /// <summary>Parts looked at at once, and those that wait for one before them to be sent.</summary>
    private const int AtOnce = 2;
    private const int Ahead = 16;
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Tell = TimeSpan.FromMilliseconds(200);
    private readonly ScanTally _tally = new(asked.MostSessions);
    private ScanCursor? _at = asked.After;
    private int _filesDone;
    private int _filesTotal;
    private long _bytesDone;
    private long _bytesTotal;
    private long _toldAt;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var stream = EventStream.Start(httpContext);
        using var late = new CancellationTokenSource(LongestLook, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, late.Token);
        var scans = Scans();
        (_filesTotal, _bytesTotal) = (scans.Count, scans.Sum(s => Math.Min(s.Before, s.Scan.Source.CommittedBytes)));
        var looks = Channel.CreateBounded<Look>(Ahead);
        var looking = LookAsync(scans, looks.Writer, stop.Token);
        try
        {
            await TellAsync(stream);
            var reason = "time";
            try
            {
                reason = await SendAsync(stream, looks.Reader, stop.Token);
            }
            catch (OperationCanceledException) when (late.IsCancellationRequested && !httpContext.RequestAborted.IsCancellationRequested)
            {
                // It is told how far it came.
            }

            Send(stream, "done", new ScanItems.Done(
                reason, Progress, reason == "complete" ? null : _at?.ToString(), _tally.Missing, _tally.Unread, _tally.TooLong));
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

    private ScanItems.Progress Progress =>
        new(_filesDone, _filesTotal, Math.Min(_bytesTotal, Interlocked.Read(ref _bytesDone)), _bytesTotal, _tally.Hits);

    /// <summary>What there is to look at, and before which byte.</summary>
    private List<(TranscriptScan Scan, long Before)> Scans()
    {
        var wanted = new SearchFilters(asked.Filters);
        return [.. sources.All().Select(s => (Source: s, Before: asked.After?.BeforeIn(s) ?? long.MaxValue)).Where(s => s.Before > 0 && wanted.Take(s.Source))
            .Select(s => (new TranscriptScan(s.Source, asked.Pattern, asked.Filters, reads, reader), s.Before))];
    }

    /// <summary>Sends what is found, in order.</summary>
    /// <returns>Why it ended, see <see cref="ScanItems.Done"/>.</returns>
    private async Task<string> SendAsync(EventStream stream, ChannelReader<Look> looks, CancellationToken ct)
    {
        while (await TellingAsync(stream, looks.WaitToReadAsync(ct).AsTask(), ct))
        {
            while (looks.TryRead(out var look))
            {
                var finds = await TellingAsync(stream, look.Finds.Task, ct);
                var source = look.Scan.Source;
                if (_tally.IsTooMany(source, finds))
                {
                    return "limit";
                }

                var taken = _tally.Take(source, finds, out var isEnough);
                look.Scan.IsEnough |= isEnough;
                _at = new ScanCursor(source.LastAtMs, source.Transcript, look.Part.From);
                _filesDone += look.Part.From == 0 ? 1 : 0;
                if (taken is { } group && look.Scan.Session is { } session)
                {
                    Send(stream, "hits", new SearchItems.Group(session.Summary(clock), group.Hits, group.More, group.AtLeast));
                    await stream.FlushAsync();
                }

                if (_tally.IsFull)
                {
                    return "hits";
                }
            }
        }

        return "complete";
    }

    /// <summary>Waits, and says meanwhile how far it is.</summary>
    private async Task<T> TellingAsync<T>(EventStream stream, Task<T> task, CancellationToken ct)
    {
        while (!task.IsCompleted || clock.GetElapsedTime(_toldAt) > Tell)
        {
            if (clock.GetElapsedTime(_toldAt) > Tell)
            {
                await TellAsync(stream);
            }

            await Task.WhenAny(task, Task.Delay(Tell, clock, ct));
            ct.ThrowIfCancellationRequested();
        }

        return await task;
    }

    private async Task TellAsync(EventStream stream)
    {
        _toldAt = clock.GetTimestamp();
        Send(stream, "progress", Progress);
        await stream.FlushAsync();
    }

    private async Task LookAsync(List<(TranscriptScan Scan, long Before)> scans, ChannelWriter<Look> looks, CancellationToken ct)
    {
        try
        {
            using var turn = new SemaphoreSlim(1);
            using var parts = scans.SelectMany(s => s.Scan.Parts(s.Before), (s, part) => new Look(s.Scan, part)).GetEnumerator();
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => LookAtSomeAsync(parts, turn, looks, ct), CancellationToken.None)));
            looks.Complete();
        }
        catch (Exception e)
        {
            looks.Complete(e);
        }
    }

    /// <summary>Looks at one part after another, sharing them with others who do the same.</summary>
    private async Task LookAtSomeAsync(IEnumerator<Look> parts, SemaphoreSlim turn, ChannelWriter<Look> looks, CancellationToken ct)
    {
        while (true)
        {
            Look look;
            await turn.WaitAsync(ct);
            try
            {
                if (!parts.MoveNext())
                {
                    return;
                }

                look = parts.Current;
                await looks.WriteAsync(look, ct);
            }
            finally
            {
                turn.Release();
            }

            try
            {
                look.Finds.SetResult(look.Scan.Look(look.Part, bytes => Interlocked.Add(ref _bytesDone, bytes), ct));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // One file that cannot be read keeps nobody from the others; it is counted.
                look.Finds.SetResult(ScanFinds.Unread);
            }
            catch (Exception e)
            {
                look.Finds.SetException(e);
                throw;
            }
        }
    }

    private static void Send<T>(EventStream stream, string type, T data) =>
        stream.Write(type, 0, JsonSerializer.SerializeToUtf8Bytes(data, JsonSerializerOptions.Web));

    private sealed record Look(TranscriptScan Scan, ScanPart Part)
    {
        public TaskCompletionSource<ScanFinds> Finds { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
