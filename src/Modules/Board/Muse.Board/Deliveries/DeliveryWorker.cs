using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Muse.Board.Domain;
using Muse.Board.Live;
using Muse.Board.Persistence;
using Muse.Board.Processes;
using Muse.Board.Tmux;

namespace Muse.Board.Deliveries;

/// <summary>
/// Brings queued deliveries to their panes: one at a time for each pane, several panes side by side. The row says what
/// is about to be done before it is done; after a restart what was under way is in doubt and is never sent again.
/// </summary>
internal sealed partial class DeliveryWorker(
    DeliveryStore store, BoardCards cards, PaneTyping typing, DialogAnswer answers, DeliveryJudge judge, IPromptRecords records, TimeProvider clock,
    ILogger<DeliveryWorker> log)
    : BackgroundService
{
    private const int MostPanes = 8;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>A card of which nothing is known just now, as after a restart, gets this long.</summary>
    private static readonly TimeSpan WaitForCard = TimeSpan.FromSeconds(30);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);
    private long _startedAtMs;

    /// <summary>Something was queued.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        _startedAtMs = NowMs;
        try
        {
            await RecoverAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                var waiting = await RoundAsync(stoppingToken);
                using var awake = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                // Asleep while nothing is queued: a card's change of state needs no look then.
                await Task.WhenAny(
                    _wake.Reader.ReadAsync(awake.Token).AsTask(), Task.Delay(waiting ? LookEvery : Timeout.InfiniteTimeSpan, clock, awake.Token));
                await awake.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The house closes; what is under way is in doubt after the next start.
        }
        finally
        {
            await Task.WhenAll(_running.Values);
        }
    }

    private async Task RecoverAsync(CancellationToken ct)
    {
        foreach (var row in await store.InAsync([DeliveryState.Typed, DeliveryState.Submitted], ct))
        {
            await EndAsync(row, DeliveryState.Indeterminate, "Muse was stopped while it was on its way.", null, ct);
        }

        foreach (var row in (await store.InAsync([DeliveryState.Queued], ct)).Where(r => r.Kind == "answer"))
        {
            await EndAsync(row, DeliveryState.Refused, "Muse was stopped before the answer was given: look at the dialog again.", null, ct);
        }
    }

    /// <returns>True if something waits.</returns>
    private async Task<bool> RoundAsync(CancellationToken ct)
    {
        var queued = await store.InAsync([DeliveryState.Queued], ct);
        foreach (var row in queued.DistinctBy(r => r.CardId, StringComparer.Ordinal))
        {
            var card = cards.Find(row.CardId);
            if (Closed(row, card) is { } reason)
            {
                await EndAsync(row, DeliveryState.Refused, reason, null, ct);
                Wake();
            }
            else if (card?.Pane is { } pane && IsReady(row, card) && _running.Count < MostPanes)
            {
                var key = $"{pane.Socket} {pane.Pane}";
                // Begun only once it stands in the list: it takes itself off in the end.
                var listed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (_running.TryAdd(key, listed.Task))
                {
                    _running[key] = RunAsync(listed.Task, key, row, card, new PaneId(pane.Socket, pane.Pane), ct);
                    listed.SetResult();
                }
            }
        }

        return queued.Count > 0;
    }

    /// <summary>Why it cannot be delivered any more; null if it can, now or later.</summary>
    private string? Closed(DeliveryRow row, Card? card)
    {
        var waited = TimeSpan.FromMilliseconds(NowMs - Math.Max(row.CreatedAtMs, _startedAtMs)) > WaitForCard;
        return card?.Verdict switch
        {
            { State: CardState.Ended } => "The session has ended.",
            null when waited => "The session is not on the board any more.",
            { State: CardState.Unknown } when waited => "Nothing is known of the session.",
            not null when card.Pane is null && waited => "The session runs in no pane that Muse can type into.",
            _ => null,
        };
    }

    /// <summary>Claude Code and Gemini queue what is sent while they work; Codex would be steered by it, so it waits.</summary>
    private static bool IsReady(DeliveryRow row, Card card) =>
        card.Verdict is { State: not CardState.Unknown and var state } && (row.Kind == "answer" || state != CardState.Working || card.Agent != AgentNames.Codex);

    private async Task RunAsync(Task listed, string key, DeliveryRow row, Card card, PaneId pane, CancellationToken ct)
    {
        await listed;
        try
        {
            await (row.Kind == "answer" ? AnswerAsync(row, card, pane, ct) : ReplyAsync(row, card, pane, ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The row says how far it came.
        }
        catch (Exception e)
        {
            // A fault in one delivery must not end the others; what it did is in doubt.
            LogFault(log, row.Id, e);
            await store.MoveAsync(row.Id, Open, r => End(r, DeliveryState.Indeterminate, "A fault of Muse; its log says more.", null), CancellationToken.None);
        }
        finally
        {
            _running.TryRemove(key, out _);
            Wake();
        }
    }

    private async Task ReplyAsync(DeliveryRow row, Card card, PaneId pane, CancellationToken ct)
    {
        var text = DeliveryText.ForBox(DeliveryText.Clean(row.Text), row.AsCommand);
        var wasBusy = card.Verdict?.State == CardState.Working;
        var mark = records.Mark(card);
        var submittedMs = default(long?);
        var outcome = await typing.SubmitAsync(
            pane,
            row.Agent,
            text,
            async () => await store.MoveAsync(row.Id, [DeliveryState.Queued], r => (r.State, r.TypedAtMs, r.Pane) = ("typed", NowMs, pane.Pane), ct, row.Text) is not null,
            async () =>
            {
                submittedMs = NowMs;
                await store.MoveAsync(row.Id, [DeliveryState.Typed], r => (r.State, r.SubmittedAtMs) = ("submitted", NowMs), ct);
            },
            ct);
        // Of what was taken back or changed the row says all; a changed one comes again.
        if (outcome.End != TypingEnd.TakenBack)
        {
            var sent = new SentText(text, row.AsCommand, wasBusy, submittedMs, mark);
            var (state, reason, evidence) = await judge.OfAsync(outcome, sent, card, pane, ct);
            await EndAsync(row, state, reason, evidence, ct, outcome.SetDraftAside);
        }
    }

    private async Task AnswerAsync(DeliveryRow row, Card card, PaneId pane, CancellationToken ct)
    {
        var outcome = await answers.GiveAsync(
            pane,
            card.Agent,
            row.Fingerprint!, // an answer has one
            row.Text.Split('\n'),
            async () => await store.MoveAsync(
                row.Id, [DeliveryState.Queued], r => (r.State, r.TypedAtMs, r.SubmittedAtMs, r.Pane) = ("submitted", NowMs, NowMs, pane.Pane), ct) is not null,
            ct);
        if (outcome.End == TypingEnd.TakenBack)
        {
            return;
        }

        var state = outcome.End switch { TypingEnd.Left => DeliveryState.Consumed, TypingEnd.Refused => DeliveryState.Refused, _ => DeliveryState.Indeterminate };
        await EndAsync(row, state, outcome.Reason, outcome.End == TypingEnd.Left ? "screen" : null, ct);
    }

    private static readonly DeliveryState[] Open = [DeliveryState.Queued, DeliveryState.Typed, DeliveryState.Submitted];

    private Task<DeliveryRow?> EndAsync(DeliveryRow row, DeliveryState state, string? reason, string? evidence, CancellationToken ct, bool setDraftAside = false) => store.MoveAsync(
        row.Id,
        Open,
        r =>
        {
            End(r, state, reason, evidence);
            r.SetDraftAside = setDraftAside;
        },
        ct);

    private void End(DeliveryRow row, DeliveryState state, string? reason, string? evidence) =>
        (row.State, row.Reason, row.Evidence, row.EndedAtMs) = (DeliveryWords.Word(state), reason, evidence, NowMs);

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {Delivery} failed by a fault")]
    private static partial void LogFault(ILogger logger, string delivery, Exception e);
}
