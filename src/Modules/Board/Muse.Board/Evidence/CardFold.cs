using Muse.Board.Domain;

namespace Muse.Board.Evidence;

/// <summary>
/// A session's state as a pure function of its evidence: no clock, no memory besides the verdict before. docs/adr/0018
/// says why it believes whom.
/// </summary>
internal static class CardFold
{
    /// <summary>Between two tool calls a program may look idle for a moment.</summary>
    public const long IdleDebounceMs = 1_500;

    /// <summary>Longer than a build or a model's thinking is silent; a pane that prints anything is not.</summary>
    public const long StuckAfterMs = 15 * 60_000;

    /// <summary>Sources change one after the other; longer than this they contradict each other.</summary>
    public const long DissentMs = 3_000;

    /// <summary>Not knowing for no longer than this, as after a restart, does not begin a state anew.</summary>
    private const long GapMs = 60_000;

    /// <param name="previous">What the fold said last of this card; null the first time.</param>
    /// <param name="seenAtMs">When a person last looked at the session.</param>
    public static CardVerdict Fold(
        string agent, IReadOnlyDictionary<EvidenceSource, EvidenceItem> evidence, long nowMs, CardVerdict? previous, long seenAtMs = 0)
    {
        var ladder = Ladder.Of(agent);
        var process = evidence.GetValueOrDefault(EvidenceSource.Process);
        var alive = process is { Claim: Claim.Alive } && process.IsValid(nowMs);
        var testimony = new Testimony(ladder, evidence, nowMs);
        var looks = evidence.Values.Select(e => e.ValidUntilMs).Where(until => until > nowMs).ToList();
        if (testimony.Decide(alive ? process!.AtMs : null) is not { } deciding) // alive only if there is one
        {
            return Unknown(alive, nowMs, previous) with { NextLookMs = looks.Min() };
        }

        if (deciding.Source is EvidenceSource.Hook or EvidenceSource.Transcript && testimony.Level is not null)
        {
            looks.Add(deciding.AtMs + Testimony.LeadMs + 1);
        }

        var sinceMs = Math.Min(deciding.AtMs, nowMs);
        var state = Testimony.StateOf(deciding);
        if (state == CardState.Idle && previous?.State == CardState.Working && nowMs - sinceMs < IdleDebounceMs)
        {
            looks.Add(sinceMs + IdleDebounceMs);
            return previous with { WantsCapture = false, NextLookMs = looks.Min() };
        }

        var told = state == CardState.NeedsYou ? MostExact(deciding, testimony) : deciding;
        var detail = state == CardState.Idle ? LastWord(deciding, testimony) : told.Detail;
        var verdict = new CardVerdict(state, told.Reason, sinceMs, Confidence.Medium, deciding.Source, detail);
        verdict = state switch
        {
            CardState.Idle => Finished(verdict, testimony, previous?.Known, seenAtMs),
            CardState.Working => Stuck(verdict, evidence, nowMs, looks),
            CardState.NeedsYou => verdict with { Reason = verdict.Reason ?? NeedReason.Question },
            _ => verdict,
        };
        verdict = KeepSince(verdict, previous, nowMs);
        verdict = Weigh(verdict, deciding, testimony, previous, nowMs, looks);
        return verdict with { Known = verdict.Known ?? new KnownState(verdict.State, verdict.Reason, verdict.SinceMs), NextLookMs = looks.Min() };
    }

    private static CardVerdict Unknown(bool alive, long nowMs, CardVerdict? previous)
    {
        var detail = alive ? "The process runs; nothing says what it does." : "Nothing is known of it at the moment.";
        return new CardVerdict(
            CardState.Unknown, null, previous?.State == CardState.Unknown ? previous.SinceMs : nowMs, Confidence.Low, null, detail) { Known = previous?.Known };
    }

    /// <summary>Of several who see the same dialog, the one that knows most: the screen its form, the hook its tool.</summary>
    private static EvidenceItem MostExact(EvidenceItem deciding, Testimony testimony)
    {
        if (deciding.Claim == Claim.Failed)
        {
            return deciding;
        }

        var hook = testimony.Of(EvidenceSource.Hook) is { Claim: Claim.Asks } h && h.AtMs >= deciding.AtMs - Testimony.LeadMs ? h : null;
        var screen = testimony.Of(EvidenceSource.Screen) is { Claim: Claim.Asks } s && s.AtMs >= deciding.AtMs - Testimony.LeadMs ? s : null;
        return deciding with
        {
            Reason = screen?.Reason ?? hook?.Reason ?? deciding.Reason,
            Detail = hook?.Detail ?? screen?.Detail ?? deciding.Detail,
        };
    }

    /// <summary>Registry, title and screen only say that it is idle; what it said last is in its transcript, or in the hook that told of the end.</summary>
    private static string? LastWord(EvidenceItem deciding, Testimony testimony) =>
        deciding.Source is EvidenceSource.Hook or EvidenceSource.Transcript ? deciding.Detail
        : testimony.Of(EvidenceSource.Transcript) is { Claim: Claim.TurnEnded or Claim.Idle } word ? word.Detail
        : null;

    /// <summary>
    /// A turn that ended since a person last looked is done, not idle. One that a person interrupted is idle, whether a hook or the
    /// transcript tells of it or the turn just stopped without a last word.
    /// </summary>
    private static CardVerdict Finished(CardVerdict idle, Testimony testimony, KnownState? last, long seenAtMs)
    {
        var word = testimony.Of(EvidenceSource.Transcript);
        var ended = last?.State is CardState.Done or CardState.Working or CardState.Background;
        var finishedMs = last is { State: CardState.Done } ? last.SinceMs : idle.SinceMs;
        if (ended && word is { Claim: Claim.Busy })
        {
            // The last word may be read yet: then it is done after all.
            return idle with { Known = last };
        }

        var interrupted = word is { Claim: Claim.Idle }
            || (testimony.Of(EvidenceSource.Hook) is { Claim: Claim.Idle } hook && hook.AtMs >= idle.SinceMs - Testimony.LeadMs);
        return (ended, finishedMs > seenAtMs && !interrupted) switch
        {
            (true, true) => idle with { State = CardState.Done, SinceMs = finishedMs },
            (true, false) => idle with { SinceMs = finishedMs },
            _ => idle,
        };
    }

    private static CardVerdict Stuck(
        CardVerdict working, IReadOnlyDictionary<EvidenceSource, EvidenceItem> evidence, long nowMs, List<long?> looks)
    {
        var stuckMs = evidence.Values.Where(e => e.Source != EvidenceSource.Process).Max(e => e.AtMs) + StuckAfterMs;
        if (nowMs < stuckMs)
        {
            looks.Add(stuckMs);
            return working;
        }

        return working with
        {
            State = CardState.NeedsYou,
            Reason = NeedReason.Stuck,
            SinceMs = stuckMs,
            Detail = $"It says it works, and nothing has moved for {StuckAfterMs / 60_000} minutes.",
        };
    }

    private static CardVerdict KeepSince(CardVerdict verdict, CardVerdict? previous, long nowMs)
    {
        if (previous?.Known is not { } known)
        {
            return verdict;
        }

        if (known.State == verdict.State && known.Reason == verdict.Reason)
        {
            return previous.State != CardState.Unknown || nowMs - previous.SinceMs < GapMs
                ? verdict with { SinceMs = Math.Min(known.SinceMs, verdict.SinceMs) }
                : verdict;
        }

        // A source that never saw the state in between, such as a title read once a second, says it has been so since before that.
        return verdict.SinceMs < known.SinceMs ? verdict with { SinceMs = nowMs } : verdict;
    }

    private static CardVerdict Weigh(
        CardVerdict verdict, EvidenceItem deciding, Testimony testimony, CardVerdict? previous, long nowMs, List<long?> looks)
    {
        // A transcript's last word is not held against the program's own: subagents work on after it.
        var dissent = deciding.Claim != Claim.Gone && testimony.Valid.Any(e => e.Claim != Claim.Gone && Testimony.Contradict(e, deciding)
            && (e.Source is EvidenceSource.Registry or EvidenceSource.Title || (e.AtMs > deciding.AtMs && e.Source != EvidenceSource.Transcript)));
        if (!dissent)
        {
            return verdict with { Confidence = Sureness(deciding, testimony) };
        }

        var since = previous?.DissentSinceMs ?? nowMs;
        if (nowMs - since < DissentMs)
        {
            looks.Add(since + DissentMs);
        }

        return verdict with { Confidence = Confidence.Low, DissentSinceMs = since, WantsCapture = nowMs - since >= DissentMs };
    }

    private static Confidence Sureness(EvidenceItem deciding, Testimony testimony) => deciding.Source switch
    {
        EvidenceSource.Process or EvidenceSource.Registry => Confidence.High,
        _ when deciding == testimony.Level => Confidence.High,
        EvidenceSource.Hook when deciding.Claim is Claim.Asks or Claim.Failed or Claim.Gone => Confidence.High,
        EvidenceSource.Screen when deciding.Claim is Claim.Idle => Confidence.Low,
        EvidenceSource.Title => Confidence.Low,
        _ => Confidence.Medium,
    };
}
