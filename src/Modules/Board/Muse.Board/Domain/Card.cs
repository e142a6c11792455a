using Muse.Board.Evidence;

namespace Muse.Board.Domain;

/// <summary>Where an agent's process runs.</summary>
/// <param name="Socket">Absolute path of the tmux server's socket.</param>
/// <param name="Pane">tmux's name of the pane, <c>%12</c>.</param>
internal sealed record PanePlace(string Socket, string Pane);

/// <summary>A process by what no other one shares, also when numbers are used again.</summary>
/// <param name="ProcStart">Start time as the kernel states it, field 22 of <c>/proc/PID/stat</c>.</param>
internal sealed record ProcessKey(int Pid, string ProcStart);

/// <summary>
/// A live session with the evidence for its state. Owned by the watch alone; others read the snapshots that it swaps as
/// a whole.
/// </summary>
internal sealed class Card(string id, string agent)
{
    private volatile IReadOnlyDictionary<EvidenceSource, EvidenceItem> _evidence = new Dictionary<EvidenceSource, EvidenceItem>();

    public string Id { get; } = id;
    public string Agent { get; } = agent;
    public string? SessionId { get; init; }
    public string? NativeId { get; init; }
    public ProcessKey? Process { get; private set; }
    public PanePlace? Pane { get; private set; }
    public string? Cwd { get; set; }
    public Marks Marks { get; set; } = Marks.None;
    public CardVerdict? Verdict { get; private set; }
    public long Revision { get; set; }
    public long CreatedAtMs { get; init; }

    /// <summary>The card of the session that its process turned out to have.</summary>
    public string? ReplacedBy { get; set; }

    /// <summary>A capture was asked for the disagreement that began then.</summary>
    public long? CaptureAskedForMs { get; private set; }

    /// <summary>The last evidence of each source.</summary>
    public IReadOnlyDictionary<EvidenceSource, EvidenceItem> Evidence => _evidence;

    /// <summary>When time alone may change it.</summary>
    public long? NextLookMs => new[] { Verdict?.NextLookMs, Marks.SnoozedUntilMs }.Min();

    /// <returns>False if the source said the same before.</returns>
    public bool Hear(EvidenceItem item)
    {
        var had = _evidence.GetValueOrDefault(item.Source);
        if (had is not null && (EvidenceItem.Later(had, item) == had || IsPoorer(item, had)))
        {
            return false;
        }

        _evidence = new Dictionary<EvidenceSource, EvidenceItem>(_evidence) { [item.Source] = item };
        return true;
    }

    /// <summary>The process that has the session now. What another one's registry, title and screen said goes with it.</summary>
    public void Occupy(ProcessKey process, PanePlace? pane, string? cwd)
    {
        if (Process is not null && Process != process)
        {
            Leave();
        }

        (Process, Pane, Cwd) = (process, pane, cwd ?? Cwd);
    }

    /// <summary>The process has another session now, or is gone.</summary>
    /// <returns>What was known of the process, for the card of its next session.</returns>
    public IReadOnlyList<EvidenceItem> Leave()
    {
        (Process, Pane) = (null, null);
        var moving = _evidence.Values.Where(e => IsOfProcess(e.Source)).ToList();
        _evidence = _evidence.Where(e => !IsOfProcess(e.Key)).ToDictionary();
        return moving;
    }

    private static bool IsOfProcess(EvidenceSource source) =>
        source is EvidenceSource.Registry or EvidenceSource.Title or EvidenceSource.Screen or EvidenceSource.Output;

    /// <summary>What is known of a card from before the start: it explains, and decides nothing, but that what is gone is gone.</summary>
    public void Restore(CardVerdict verdict, IEnumerable<EvidenceItem> evidence)
    {
        Verdict = verdict;
        _evidence = evidence.ToDictionary(e => e.Source, e => e.Claim == Claim.Gone ? e : e with { ValidUntilMs = 0 });
    }

    /// <summary>Judges anew.</summary>
    /// <returns>True if a person would see a difference.</returns>
    public bool Fold(long nowMs)
    {
        var before = Verdict;
        var marks = Marks;
        Verdict = CardFold.Fold(Agent, _evidence, nowMs, before, Marks.SeenAtMs);
        // Not knowing for a while is no change: a restart wakes nobody.
        var changed = before?.Known is { } known && Verdict.Known is { } now && (known.State != now.State || known.Reason != now.Reason);
        if (Marks.SnoozedUntilMs <= nowMs || (Marks.SnoozedUntilChange && changed))
        {
            Marks = Marks.Awake();
        }

        return !Verdict.LooksLike(before) || marks != Marks;
    }

    /// <summary>True once for each disagreement that has lasted too long.</summary>
    public bool TakeCapture()
    {
        if (Verdict is not { WantsCapture: true, DissentSinceMs: { } since } || CaptureAskedForMs == since)
        {
            return false;
        }

        CaptureAskedForMs = since;
        return true;
    }

    /// <summary>A late notice that something is asked knows less than the request it repeats.</summary>
    private static bool IsPoorer(EvidenceItem item, EvidenceItem had) =>
        item is { Claim: Claim.Asks, Detail: null } && had is { Claim: Claim.Asks, Detail: not null } && had.IsValid(item.AtMs);
}
