using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.BuildingBlocks.Text;

namespace Muse.Board.Live;

/// <summary>
/// What one round of inputs comes to, until it is stored: cards that look different, cards that are no more, payloads.
/// </summary>
/// <param name="marksOf">What a person said of a card that was on the board before.</param>
internal sealed class BoardChanges(BoardCards cards, string machine, Func<string, Marks> marksOf)
{
    /// <summary>Payloads may name sessions without end; processes are found, not named, and have no bound.</summary>
    private const int MostCardsByHooks = 1000;
    private const int MostPath = 1000;
    private readonly HashSet<Card> _touched = [];

    /// <summary>Cards to store and tell.</summary>
    public HashSet<Card> Changed { get; } = [];

    public HashSet<Card> Removed { get; } = [];

    public List<HookArrived> Hooks { get; } = [];

    /// <summary>Cards whose session's figures changed.</summary>
    public HashSet<Card> Figures { get; } = [];

    public bool IsEmpty => Changed.Count == 0 && Removed.Count == 0 && Hooks.Count == 0;

    public void Clear()
    {
        Changed.Clear();
        Removed.Clear();
        Hooks.Clear();
    }

    public void Apply(BoardInput input, long nowMs)
    {
        switch (input)
        {
            case ProcessSeen seen:
                Seen(seen, nowMs);
                break;
            case ProcessGone gone when cards.Find(gone.Process) is { } card:
                cards.Leave(card);
                Hear(card, new EvidenceItem(EvidenceSource.Process, Claim.Gone, null, "The process is gone.", gone.AtMs), nowMs);
                Changed.Add(card);
                break;
            case ProcessesListed listed:
                EndWhatIsNotThere(listed.AtMs, nowMs);
                break;
            case ProcessSays says when cards.Find(says.Process) is { } card:
                Hear(card, says.Item, nowMs);
                break;
            case SessionSays says:
                Says(says, nowMs);
                break;
            case TranscriptSays says when cards.Find(says.SessionId) is { } card:
                Figures.Add(card);
                Hear(card, says.Item, nowMs);
                break;
            case HookArrived arrived:
                Hooks.Add(arrived);
                if (arrived.Hook.Says(arrived.AtMs) is { } told)
                {
                    Says(told, nowMs);
                }

                break;
        }
    }

    /// <summary>Judges what was told of, and what time alone may change.</summary>
    public void Judge(long nowMs, Action<Card> wantsCapture)
    {
        foreach (var card in cards.All)
        {
            if ((_touched.Contains(card) || card.Verdict is null || card.NextLookMs <= nowMs) && !Removed.Contains(card))
            {
                if (card.Fold(nowMs))
                {
                    Changed.Add(card);
                }

                if (card.TakeCapture())
                {
                    wantsCapture(card);
                }
            }
        }

        _touched.Clear();
    }

    public void Mark(Card card, Func<Marks, Marks> change)
    {
        var before = card.Marks;
        card.Marks = change(before);
        if (card.Marks != before)
        {
            _touched.Add(card);
            Changed.Add(card);
        }
    }

    /// <summary>Takes cards off the board that ended, or of which nothing has been known, before a time.</summary>
    public void Sweep(long beforeMs)
    {
        foreach (var card in cards.All.Where(c => c.Verdict is { State: CardState.Ended or CardState.Unknown } v && v.SinceMs < beforeMs && c.Process is null).ToList())
        {
            Remove(card);
        }
    }

    private void Seen(ProcessSeen seen, long nowMs)
    {
        var id = seen.NativeSessionId is { } native ? CardId.OfSession(machine, seen.Agent, native) : CardId.OfProcess(machine, seen.Agent, seen.Process);
        var former = cards.Find(seen.Process);
        IReadOnlyList<EvidenceItem> known = [];
        if (former is not null && former.Id != id)
        {
            known = cards.Leave(former);
        }

        var card = cards.Find(id) ?? Make(id, seen.Agent, seen.NativeSessionId, nowMs);
        if (former is not null && former.Id != id)
        {
            Replace(former, card, seen, nowMs);
        }

        if (card.Process != seen.Process || card.Pane != seen.Pane || (seen.Cwd is not null && seen.Cwd != card.Cwd))
        {
            cards.Occupy(card, seen.Process, seen.Pane, seen.Cwd);
            Changed.Add(card);
        }

        foreach (var item in known)
        {
            Hear(card, item, nowMs);
        }

        // Told of after it was gone, it is back, whatever the time it is said to have begun.
        var gone = card.Evidence.GetValueOrDefault(EvidenceSource.Process) is { Claim: Claim.Gone } last ? last.AtMs + 1 : 0;
        Hear(card, new EvidenceItem(EvidenceSource.Process, Claim.Alive, null, $"pid {seen.Process.Pid}", Math.Max(seen.AtMs, gone)), nowMs);
    }

    /// <summary>Sessions of before the start whose process nobody has seen since.</summary>
    private void EndWhatIsNotThere(long atMs, long nowMs)
    {
        foreach (var card in cards.All.Where(c => c.Process is null && c.Evidence.GetValueOrDefault(EvidenceSource.Process) is { Claim: Claim.Alive }))
        {
            Hear(card, new EvidenceItem(EvidenceSource.Process, Claim.Gone, null, "Its process ended while Muse did not run.", atMs), nowMs);
        }
    }

    /// <summary>A card that stood for a process gives way to its session's; a session that its process left has ended.</summary>
    private void Replace(Card former, Card card, ProcessSeen seen, long nowMs)
    {
        if (former.SessionId is null)
        {
            card.Marks = card.Marks == Marks.None ? former.Marks : card.Marks;
            // It may have come in this very round, and what is told of it holds a verdict.
            former.Fold(nowMs);
            former.ReplacedBy = card.Id;
            Remove(former);
        }
        else
        {
            Hear(former, new EvidenceItem(EvidenceSource.Process, Claim.Gone, null, "Its process went on with another session.", seen.AtMs), nowMs);
        }
    }

    private void Says(SessionSays says, long nowMs)
    {
        var id = CardId.OfSession(machine, says.Agent, says.NativeSessionId);
        var card = cards.Find(id);
        if (card is null && says.MakesCard && cards.Count < MostCardsByHooks)
        {
            card = Make(id, says.Agent, says.NativeSessionId, nowMs);
        }

        if (card is null)
        {
            return;
        }

        card.Cwd ??= says.Cwd is null ? null : PreviewText.From(says.Cwd, MostPath);
        Hear(card, says.Item, nowMs);
    }

    private Card Make(string id, string agent, string? nativeId, long nowMs)
    {
        var card = new Card(id, agent) { SessionId = nativeId is null ? null : id, NativeId = nativeId, CreatedAtMs = nowMs, Marks = marksOf(id) };
        Removed.RemoveWhere(c => c.Id == id);
        cards.Add(card);
        _touched.Add(card);
        Changed.Add(card);
        return card;
    }

    private void Remove(Card card)
    {
        cards.Remove(card);
        Changed.Remove(card);
        Removed.Add(card);
    }

    /// <summary>What comes from panes and payloads is made harmless here, before anybody stores or shows it.</summary>
    private void Hear(Card card, EvidenceItem? item, long nowMs)
    {
        if (item is not null && card.Hear(item with { AtMs = Math.Min(item.AtMs, nowMs), Detail = item.Detail is null ? null : PreviewText.From(item.Detail) }))
        {
            _touched.Add(card);
        }
    }
}
