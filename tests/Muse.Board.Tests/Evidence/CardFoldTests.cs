using Muse.Board.Domain;
using Muse.Board.Evidence;

namespace Muse.Board.Tests.Evidence;

/// <summary>What the verdict before and the time add to the evidence.</summary>
public sealed class CardFoldTests
{
    private static readonly CardVerdict WasWorking = Say.Was(CardState.Working, 900);

    [Fact]
    public void Idle_waits_a_moment_and_says_until_when()
    {
        var verdict = Again(WasWorking, "registry idle 999");

        Assert.Equal((CardState.Working, Say.Ms(900), Say.Ms(1000.5)), (verdict.State, verdict.SinceMs, verdict.NextLookMs!.Value));
    }

    [Theory]
    [InlineData("registry asks/permission 999.9", "needs-you")]
    [InlineData("hook failed/error 999.9; registry busy 990", "needs-you")]
    [InlineData("process gone 999.9", "ended")]
    public void Nothing_else_waits(string evidence, string state) => Assert.Equal(state, CardWords.Word(Again(WasWorking, evidence).State));

    [Fact]
    public void A_turn_that_ended_unseen_is_done() => Assert.Equal((CardState.Done, Say.Ms(990)), Seen(Again(WasWorking, "registry idle 990")));

    [Fact]
    public void A_turn_that_ended_before_a_person_looked_is_idle()
    {
        var verdict = CardFold.Fold("claude-code", Say.All(Say.Parse("registry idle 990")), Say.NowMs, WasWorking, seenAtMs: Say.Ms(991));

        Assert.Equal(CardState.Idle, verdict.State);
    }

    [Fact]
    public void What_is_done_stays_done_through_later_words_of_the_same() =>
        Assert.Equal((CardState.Done, Say.Ms(950)), Seen(Again(Say.Was(CardState.Done, 950), "registry idle 990")));

    [Fact]
    public void What_was_seen_does_not_become_done_again() => Assert.Equal(CardState.Idle, Again(Say.Was(CardState.Idle, 950), "registry idle 990").State);

    [Fact]
    public void A_session_that_is_found_idle_is_not_done() => Assert.Equal(CardState.Idle, Say.Fold("claude-code", Say.Parse("registry idle 900")).State);

    [Fact]
    public void A_turn_that_a_person_interrupted_is_idle()
    {
        var verdict = CardFold.Fold("codex", Say.All(Say.Parse("title idle 990.1; hook idle 990")), Say.NowMs, WasWorking);

        Assert.Equal(CardState.Idle, verdict.State);
    }

    [Fact]
    public void Since_stays_while_state_and_reason_stay() => Assert.Equal(Say.Ms(900), Again(WasWorking, "registry busy 990").SinceMs);

    [Fact]
    public void Another_reason_begins_anew() =>
        Assert.Equal(Say.Ms(990), Again(Say.Was(CardState.NeedsYou, 900, NeedReason.Plan), "registry asks/question 990").SinceMs);

    [Fact]
    public void A_short_time_of_not_knowing_does_not_begin_a_state_anew()
    {
        var unknown = CardFold.Fold("claude-code", Say.All(), Say.Ms(970), WasWorking);

        Assert.Equal((CardState.Unknown, Say.Ms(900)), (unknown.State, Again(unknown, "registry busy 990").SinceMs));
    }

    [Theory]
    [InlineData("registry idle 990; transcript turnended 989.9", "done")]
    // A person broke it off: before it said anything, after it did, and so that the transcript knows.
    [InlineData("registry idle 990; transcript busy 985", "idle")]
    [InlineData("registry idle 990; transcript idle 989.9", "idle")]
    [InlineData("registry idle 990; hook idle 989.9; transcript turnended 985", "idle")]
    // No transcript was found.
    [InlineData("registry idle 990", "done")]
    public void A_turn_that_a_person_broke_off_is_not_done(string evidence, string state) =>
        Assert.Equal(state, CardWords.Word(Again(WasWorking, evidence).State));

    [Fact]
    public void A_last_word_that_is_read_late_makes_it_done()
    {
        var early = Again(WasWorking, "registry idle 990; transcript busy 985");

        var late = Again(early, "registry idle 990; transcript turnended 989.9");

        Assert.Equal((CardState.Idle, CardState.Done), (early.State, late.State));
    }

    [Fact]
    public void Work_on_which_nothing_moves_is_stuck()
    {
        var verdict = Say.Fold("claude-code", Say.Parse("process alive 999; registry busy 50; transcript busy 60; screen busy 80"));

        Assert.Equal((CardState.NeedsYou, NeedReason.Stuck, Say.Ms(980)), (verdict.State, verdict.Reason!.Value, verdict.SinceMs));
    }

    [Fact]
    public void A_pane_that_prints_is_not_stuck()
    {
        var verdict = Say.Fold("claude-code", Say.Parse("registry busy 50; output alive 500"));

        Assert.Equal((CardState.Working, Say.Ms(1400)), (verdict.State, verdict.NextLookMs!.Value));
    }

    [Fact]
    public void Sources_that_disagree_for_three_seconds_want_one_look()
    {
        var first = Say.Fold("claude-code", Say.Parse("registry busy 900; screen idle 990"));
        var later = CardFold.Fold("claude-code", Say.All(Say.Parse("registry busy 900; screen idle 990")), Say.NowMs + 3000, first);

        Assert.Equal((false, Confidence.Low, Say.Ms(1003)), (first.WantsCapture, first.Confidence, first.NextLookMs!.Value));
        Assert.Equal((true, first.DissentSinceMs), (later.WantsCapture, later.DissentSinceMs));
    }

    [Fact]
    public void An_overtaken_edge_is_no_disagreement() =>
        Assert.Null(Say.Fold("claude-code", Say.Parse("registry idle 990; hook busy 980; transcript busy 985")).DissentSinceMs);

    [Theory]
    [InlineData("registry busy 990", "high")]
    [InlineData("hook asks/permission 990", "high")]
    [InlineData("transcript turnended 990", "medium")]
    [InlineData("screen idle 990", "low")]
    [InlineData("", "low")]
    public void Confidence_says_who_spoke(string evidence, string confidence) =>
        Assert.Equal(confidence, CardWords.Word(Say.Fold("claude-code", Say.Parse(evidence)).Confidence));

    [Fact]
    public void What_is_idle_shows_its_last_word_and_not_that_it_is_idle()
    {
        var idle = Say.Of(EvidenceSource.Registry, Claim.Idle, 990, detail: "idle");

        Assert.Null(Say.Fold("claude-code", idle).Detail);
        Assert.Equal("It is lit.", Say.Fold("claude-code", idle, Say.Of(EvidenceSource.Transcript, Claim.TurnEnded, 989, detail: "It is lit.")).Detail);
    }

    [Fact]
    public void What_is_asked_is_told_by_whoever_knows_it()
    {
        var verdict = Say.Fold(
            "claude-code",
            Say.Of(EvidenceSource.Registry, Claim.Asks, 990, NeedReason.Permission),
            Say.Of(EvidenceSource.Hook, Claim.Asks, 989.9, NeedReason.Permission, "Bash: make clean"));

        Assert.Equal((EvidenceSource.Registry, "Bash: make clean"), (verdict.Source!.Value, verdict.Detail));
    }

    private static CardVerdict Again(CardVerdict previous, string evidence) =>
        CardFold.Fold("claude-code", Say.All(Say.Parse(evidence)), Say.NowMs, previous);

    private static (CardState, long) Seen(CardVerdict verdict) => (verdict.State, verdict.SinceMs);
}
