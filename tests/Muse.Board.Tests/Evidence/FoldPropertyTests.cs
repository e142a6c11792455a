using CsCheck;
using Muse.Board.Domain;
using Muse.Board.Evidence;

namespace Muse.Board.Tests.Evidence;

/// <summary>What holds of the fold whatever is said.</summary>
public sealed class FoldPropertyTests
{
    private static readonly Gen<string> AnyAgent = Gen.Int[0, 3].Select(i => new[] { "claude-code", "codex", "gemini", "other" }[i]);

    private static readonly Gen<EvidenceItem> AnyItem =
        from source in Gen.Enum<EvidenceSource>()
        from claim in Gen.Enum<Claim>()
        from reason in Gen.Enum<NeedReason>()
        from at in Gen.Int[900, 1000]
        from until in Gen.Int[890, 1100]
        from detail in Gen.Bool
        select new EvidenceItem(
            source, claim, claim is Claim.Asks or Claim.Failed ? reason : null, detail ? "a" : "b", Say.Ms(at), until < 950 ? null : Say.Ms(until));

    private static readonly Gen<CardVerdict?> AnyPrevious =
        from some in Gen.Bool
        from state in Gen.Enum<CardState>()
        from since in Gen.Int[800, 1000]
        select some ? Say.Was(state, since) : null;

    [Fact]
    public void The_order_of_arrival_does_not_matter() => Gen.Select(AnyAgent, AnyItem.Array[0, 12], AnyPrevious, Gen.Int[0, 1000]).Sample(
        (agent, items, previous, seed) =>
        {
            var shuffled = items.Concat(items).ToArray();
            new Random(seed).Shuffle(shuffled);

            return CardFold.Fold(agent, Say.All(items), Say.NowMs, previous) == CardFold.Fold(agent, Say.All(shuffled), Say.NowMs, previous);
        },
        iter: 20_000);

    [Fact]
    public void What_is_too_old_never_decides() => Gen.Select(AnyAgent, AnyItem.Array[0, 8], AnyPrevious).Sample(
        (agent, items, previous) =>
        {
            var all = Say.All(items);
            var fresh = all.Where(e => e.Value.IsValid(Say.NowMs)).ToDictionary();
            var verdict = CardFold.Fold(agent, all, Say.NowMs, previous);

            return verdict.LooksLike(CardFold.Fold(agent, fresh, Say.NowMs, previous))
                && (verdict.Source is not { } source || fresh.ContainsKey(source) || verdict.LooksLike(previous));
        },
        iter: 20_000);

    [Fact]
    public void Not_knowing_never_becomes_idle_by_itself() => Gen.Select(AnyAgent, AnyItem.Array[0, 8], AnyPrevious, Gen.Int[0, 200_000]).Sample(
        (agent, items, previous, laterMs) =>
        {
            var first = CardFold.Fold(agent, Say.All(items), Say.NowMs, previous);
            var later = CardFold.Fold(agent, Say.All(items), Say.NowMs + laterMs, first);

            return first.State != CardState.Unknown || later.State is not (CardState.Idle or CardState.Done);
        },
        iter: 20_000);

    [Fact]
    public void The_next_look_is_soon_enough() => Gen.Select(AnyAgent, AnyItem.Array[0, 8], AnyPrevious, Gen.Int[1, 100_000]).Sample(
        (agent, items, previous, laterMs) =>
        {
            var first = CardFold.Fold(agent, Say.All(items), Say.NowMs, previous);
            var before = Say.NowMs + laterMs < (first.NextLookMs ?? long.MaxValue);
            var later = CardFold.Fold(agent, Say.All(items), Say.NowMs + laterMs, first);

            return !before || later.State == first.State || first.State == CardState.Unknown;
        },
        iter: 20_000);

    [Fact]
    public void Who_needs_a_person_says_for_what() => Gen.Select(AnyAgent, AnyItem.Array[0, 8], AnyPrevious).Sample(
        (agent, items, previous) =>
        {
            var verdict = CardFold.Fold(agent, Say.All(items), Say.NowMs, null);

            return (verdict.State == CardState.NeedsYou) == (verdict.Reason is not null) && verdict.SinceMs <= Say.NowMs;
        },
        iter: 20_000);
}
