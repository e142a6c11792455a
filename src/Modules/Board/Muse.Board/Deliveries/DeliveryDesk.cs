using Muse.Board.Domain;
using Muse.Board.Live;
using Muse.Board.Persistence;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Deliveries;

/// <summary>
/// Takes replies in, for people and for automation. It has no way to answer a dialog: that is a slice of its own, which
/// only a person's request reaches. What is refused is stored too, so that no text is lost.
/// </summary>
internal sealed class DeliveryDesk(DeliveryStore store, DeliveryWorker worker, BoardCards cards, TimeProvider clock)
{
    public const string Person = "person";

    /// <param name="key">The same key is the same delivery; null for a fresh one.</param>
    /// <param name="askedBy"><see cref="Person"/>, or what sends by itself.</param>
    public async Task<Result<DeliveryView>> ReplyAsync(
        string cardId, string text, bool asCommand, string? key, string askedBy, CancellationToken ct, string? retryOf = null)
    {
        if (cards.Find(cardId) is not { } card)
        {
            return BoardProblems.CardNotFound(cardId);
        }

        var row = NewRow(card, DeliveryKind.Reply, text, key, askedBy);
        (row.AsCommand, row.RetryOf) = (asCommand, retryOf);
        var problem = Refusal(card, text, asCommand, askedBy);
        return await AddAsync(row, problem, ct);
    }

    /// <summary>Stores it, refused if there is a problem, and sets the worker to it.</summary>
    public async Task<Result<DeliveryView>> AddAsync(DeliveryRow row, Problem? problem, CancellationToken ct)
    {
        if (problem is not null)
        {
            (row.State, row.Reason, row.EndedAtMs) = ("refused", problem.Message, row.CreatedAtMs);
        }

        var (stored, isNew) = await store.AddAsync(row, ct);
        if (!isNew && (stored.CardId, stored.Kind, stored.Text) != (row.CardId, row.Kind, row.Text))
        {
            return BoardProblems.KeyUsed();
        }

        if (problem is not null && isNew)
        {
            return problem;
        }

        worker.Wake();
        return DeliveryView.Of(stored);
    }

    public DeliveryRow NewRow(Card card, DeliveryKind kind, string text, string? key, string askedBy)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString("N");
        return new DeliveryRow
        {
            Id = id,
            CardId = card.Id,
            Agent = card.Agent,
            Kind = DeliveryWords.Word(kind),
            Text = text,
            IdempotencyKey = key ?? id,
            AskedBy = askedBy,
            CardState = CardWords.Word(card.Verdict?.State ?? CardState.Unknown),
            CardReason = CardWords.Word(card.Verdict?.Reason),
            State = DeliveryWords.Word(DeliveryState.Queued),
            CreatedAtMs = now.ToUnixTimeMilliseconds(),
        };
    }

    private static Problem? Refusal(Card card, string text, bool asCommand, string askedBy)
    {
        return DeliveryText.Problem(text, asCommand) ?? card.Verdict switch
        {
            _ when askedBy != Person && (asCommand || DeliveryText.OpensCommand(DeliveryText.Clean(text))) => BoardProblems.CommandByNobody(),
            { State: CardState.Ended } => BoardProblems.CardEnded(),
            null or { State: CardState.Unknown } => BoardProblems.CardUnknown(),
            _ when card.Pane is null => BoardProblems.NoPane(),
            { State: CardState.NeedsYou, Reason: NeedReason.Permission or NeedReason.Question or NeedReason.Plan or NeedReason.Login } => BoardProblems.DialogOpen(),
            _ => null,
        };
    }
}
