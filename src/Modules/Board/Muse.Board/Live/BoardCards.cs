using System.Collections.Concurrent;
using Muse.Board.Domain;
using Muse.Board.Evidence;

namespace Muse.Board.Live;

/// <summary>
/// Every card of the board in memory, and which process has which. Changed by the watch alone; others look up and read
/// what a card publishes as a whole.
/// </summary>
internal sealed class BoardCards
{
    private readonly ConcurrentDictionary<string, Card> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<ProcessKey, Card> _byProcess = [];

    private volatile bool _areRecorded;

    /// <summary>True once the facts of this start are in the journal.</summary>
    public bool AreRecorded
    {
        get => _areRecorded;
        set => _areRecorded = value;
    }

    public IEnumerable<Card> All => _byId.Values;

    public int Count => _byId.Count;

    public Card? Find(string id) => _byId.GetValueOrDefault(id);

    public Card? Find(ProcessKey process) => _byProcess.GetValueOrDefault(process);

    public void Add(Card card)
    {
        _byId[card.Id] = card;
        if (card.Process is { } process)
        {
            _byProcess[process] = card;
        }
    }

    public void Remove(Card card)
    {
        _byId.TryRemove(card.Id, out _);
        if (card.Process is { } process && _byProcess.GetValueOrDefault(process) == card)
        {
            _byProcess.Remove(process);
        }
    }

    /// <summary>The process has this card's session from now on.</summary>
    public void Occupy(Card card, ProcessKey process, PanePlace? pane, string? cwd)
    {
        if (card.Process is { } former && former != process)
        {
            _byProcess.Remove(former);
        }

        card.Occupy(process, pane, cwd);
        _byProcess[process] = card;
    }

    /// <summary>The process has this card's session no more.</summary>
    /// <returns>What was known of the process.</returns>
    public IReadOnlyList<EvidenceItem> Leave(Card card)
    {
        if (card.Process is { } process)
        {
            _byProcess.Remove(process);
        }

        return card.Leave();
    }
}
