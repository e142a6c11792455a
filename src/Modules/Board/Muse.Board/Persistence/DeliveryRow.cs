namespace Muse.Board.Persistence;

/// <summary>
/// One text, or one answer to a dialog, on its way into a pane. Written before anything happens in the world, and kept:
/// the rows are the audit.
/// </summary>
internal sealed class DeliveryRow
{
    public required string Id { get; set; }
    public required string CardId { get; set; }
    public required string Agent { get; set; }

    /// <summary>See <see cref="Deliveries.DeliveryKind"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>What was asked for, as it came; of an answer the label of the choice.</summary>
    public required string Text { get; set; }

    /// <summary>A person sent it as a command of the program on purpose.</summary>
    public bool AsCommand { get; set; }

    /// <summary>The dialog that is answered.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>A second request with it is the same delivery.</summary>
    public required string IdempotencyKey { get; set; }

    /// <summary>Who or what asked.</summary>
    public required string AskedBy { get; set; }

    /// <summary>The delivery that this one repeats, because a person wished so.</summary>
    public string? RetryOf { get; set; }

    /// <summary>What the board said of the card when it was asked for.</summary>
    public required string CardState { get; set; }
    public string? CardReason { get; set; }

    /// <summary>See <see cref="Deliveries.DeliveryState"/>.</summary>
    public required string State { get; set; }

    /// <summary>Why it ended so, or what it waits for.</summary>
    public string? Reason { get; set; }

    /// <summary>What proved that the agent took it.</summary>
    public string? Evidence { get; set; }

    /// <summary>Where it was typed.</summary>
    public string? Pane { get; set; }

    /// <summary>A person's draft was set aside for it.</summary>
    public bool SetDraftAside { get; set; }
    public long CreatedAtMs { get; set; }
    public long? TypedAtMs { get; set; }
    public long? SubmittedAtMs { get; set; }
    public long? EndedAtMs { get; set; }

    /// <summary>When a person put an indeterminate one away.</summary>
    public long? DismissedAtMs { get; set; }
    public long Revision { get; set; }

    /// <summary>Journal number of the last change, by which streams resume.</summary>
    public long ChangedSeq { get; set; }
}
