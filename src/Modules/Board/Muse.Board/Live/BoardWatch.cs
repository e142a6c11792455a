using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Board.Persistence;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Live;

/// <summary>
/// The one writer of the board: takes what is told, judges, stores what a person would see differently, and tells the
/// streams. Sleeps until somebody tells something or time may change a verdict.
/// </summary>
internal sealed partial class BoardWatch(
    BoardInbox inbox, BoardCards cards, BoardFeed feed, MuseDatabase database, FactJournal journal,
    WorkCounters work, IEnumerable<ICaptureRequests> captures, IOptions<BoardOptions> options, TimeProvider clock, ILogger<BoardWatch> logger)
    : BackgroundService
{
    private const int MostPerRound = 256;
    private const long SweepEveryMs = 3_600_000;

    /// <summary>A tab that is further behind than this fetches the board anew.</summary>
    public const long MostBehindSeq = 10_000;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private readonly BoardStore _store = new(database, journal, work);
    private readonly List<TaskCompletionSource> _barriers = [];
    private readonly List<TaskCompletionSource<bool>> _marked = [];
    private BoardChanges? _changes;
    private long _nextSweepMs;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host must not wait for the first look before it listens.
        await Task.Yield();
        var (watching, telling) = (WatchAsync(stoppingToken), feed.RunAsync(stoppingToken));
        var first = await Task.WhenAny(watching, telling);
        if (!stoppingToken.IsCancellationRequested)
        {
            // Whichever fails ends the house: a board that only seems to run would be worse.
            await first;
        }

        try
        {
            await Task.WhenAll(watching, telling);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The house closes.
        }
    }

    private async Task WatchAsync(CancellationToken ct)
    {
        Load();
        while (!ct.IsCancellationRequested)
        {
            if (!await RoundAsync(ct))
            {
                await UntilSomethingAsync(ct);
            }
        }
    }

    private void Load()
    {
        using var reader = database.Read();
        var marks = StoredCards.LoadMarks(reader);
        _store.Load(marks);
        _changes = new BoardChanges(cards, MachineName.Of(options.Value.Machine, database), _store.MarksOf);
        foreach (var card in StoredCards.Load(reader, marks, NowMs))
        {
            cards.Add(card);
            _changes.Changed.Add(card);
        }
    }

    /// <returns>True if there is more to do at once.</returns>
    private async Task<bool> RoundAsync(CancellationToken ct)
    {
        var changes = _changes!; // loaded before the first round
        var taken = 0;
        for (; taken < MostPerRound && inbox.Reader.TryRead(out var input); taken++)
        {
            Take(changes, input);
        }

        if (NowMs >= _nextSweepMs)
        {
            await SweepAsync(changes, ct);
        }

        changes.Judge(NowMs, AskForCapture);
        if (!await TryStoreAsync(changes, ct))
        {
            await Task.Delay(AfterFailure, clock, ct);
            return true;
        }

        cards.AreRecorded = true;
        Release();
        return taken == MostPerRound;
    }

    private void Take(BoardChanges changes, BoardInput input)
    {
        switch (input)
        {
            case Barrier barrier:
                _barriers.Add(barrier.Done);
                break;
            case MarkAsked asked when cards.Find(asked.CardId) is { } card:
                changes.Mark(card, asked.Change);
                _marked.Add(asked.Done);
                break;
            case MarkAsked asked:
                asked.Done.TrySetResult(false);
                break;
            default:
                changes.Apply(input, NowMs);
                break;
        }
    }

    private async Task<bool> TryStoreAsync(BoardChanges changes, CancellationToken ct)
    {
        feed.TellFigures([.. changes.Figures.Select(c => c.Id)], journal.Last);
        changes.Figures.Clear();
        if (changes.IsEmpty)
        {
            return true;
        }

        try
        {
            var seqs = await _store.CommitAsync(changes, NowMs, ct);
            feed.Tell([.. changes.Changed.Select(c => c.Id)], [.. changes.Removed.Select(c => new BoardMessages.GoneData(c.Id, c.ReplacedBy))], seqs);
            changes.Clear();
            return true;
        }
        catch (SqliteException e)
        {
            // A full disk, for example: nothing is lost, what changed is stored with the next round.
            StoreFailed(e);
            return false;
        }
    }

    private async Task SweepAsync(BoardChanges changes, CancellationToken ct)
    {
        var keep = TimeSpan.FromHours(options.Value.KeepEndedHours);
        _nextSweepMs = NowMs + SweepEveryMs;
        var beforeMs = NowMs - (long)keep.TotalMilliseconds;
        changes.Sweep(beforeMs);
        await _store.ForgetAsync(beforeMs, journal.Last - MostBehindSeq, ct);
    }

    private void AskForCapture(Card card)
    {
        Disagreement(card.Id, string.Join(", ", card.Evidence.Values.Where(e => e.Opines).Select(e => $"{e.Source} {e.Claim}")));
        work.Add("board.disagreements");
        if (card is { Process: { } process, Pane: { } pane })
        {
            foreach (var capture in captures)
            {
                capture.Ask(process, pane);
            }
        }
    }

    private void Release()
    {
        _barriers.ForEach(done => done.TrySetResult());
        _barriers.Clear();
        _marked.ForEach(done => done.TrySetResult(true));
        _marked.Clear();
    }

    private async Task UntilSomethingAsync(CancellationToken ct)
    {
        var next = cards.All.Select(c => c.NextLookMs).Append(_nextSweepMs).Min() ?? _nextSweepMs;
        var wait = Math.Clamp(next - NowMs, 0, SweepEveryMs);
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(inbox.Reader.WaitToReadAsync(awake.Token).AsTask(), Task.Delay(TimeSpan.FromMilliseconds(wait), clock, awake.Token));
        await awake.CancelAsync();
    }

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(Level = LogLevel.Information, Message = "Sources disagree about card {Card}: {Claims}")]
    private partial void Disagreement(string card, string claims);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The board could not be stored; it is tried again")]
    private partial void StoreFailed(Exception exception);
}
