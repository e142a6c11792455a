using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.BuildingBlocks.Journal;
using Muse.Contracts.Sessions;

namespace Muse.Board.Projections;

/// <summary>Tells the board what the newest record of a transcript says. Told twice it changes nothing: what counts is the record's own time.</summary>
internal sealed class TranscriptEvidenceReaction(IBoardEvidence board) : IReaction<TranscriptRead>
{
    private const long BusyForMs = 10 * 60_000;
    private const long EndedForMs = 12 * 3_600_000;

    public Task Handle(TranscriptRead notification, CancellationToken cancellationToken)
    {
        board.Tell(new TranscriptSays(notification.SessionId, notification.AgentId is null ? Newest(notification) : Moved(notification)));
        return Task.CompletedTask;
    }

    /// <summary>Null if nothing in it says whether a turn runs.</summary>
    public static EvidenceItem? Newest(TranscriptRead read) => read.Prompts
        .Select(p => p.Reply
            ? Item(Claim.TurnEnded, null, p.Preview, p.AtMs, EndedForMs)
            : Item(Claim.Busy, null, null, p.AtMs, BusyForMs))
        .Concat(read.Tools.Select(t => Item(Claim.Busy, null, t.Name, t.AtMs, BusyForMs)))
        .Concat(read.Errors.Select(e => Item(Claim.Failed, ErrorReason.Of(e.Code, e.Preview), e.Preview, e.AtMs, EndedForMs)))
        .Concat(read.Interruptions.Select(i => Item(Claim.Idle, null, "A person broke the turn off.", i.AtMs, EndedForMs)))
        .Aggregate((EvidenceItem?)null, (newest, item) => newest is null ? item : EvidenceItem.Later(newest, item));

    /// <summary>A subagent that writes does not end or begin its session's turn, but something moves.</summary>
    private static EvidenceItem? Moved(TranscriptRead read)
    {
        var atMs = read.Usage.Select(u => u.AtMs).Concat(read.Tools.Select(t => t.AtMs)).DefaultIfEmpty(0).Max();
        return atMs == 0 ? null : new EvidenceItem(EvidenceSource.Output, Claim.Alive, null, null, atMs);
    }

    private static EvidenceItem Item(Claim claim, NeedReason? reason, string? detail, long atMs, long forMs) =>
        new(EvidenceSource.Transcript, claim, reason, detail, atMs, atMs + forMs);
}
