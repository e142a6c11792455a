using CsCheck;
using Muse.Insights.Domain;

namespace Muse.Insights.Tests.Domain;

public sealed class LanesTests
{
    [Fact]
    public void Spans_that_overlap_stand_in_lanes_of_their_own_and_a_lane_is_used_again() =>
        Assert.Equal([0, 1, 0, 1], Lanes.Of([(0, 10), (5, 20), (12, 30), (25, 40)], gapMs: 1));

    [Fact]
    public void No_two_spans_of_a_lane_come_nearer_than_the_gap() => (from start in Gen.Long[0, 1000] from length in Gen.Long[0, 200] select (start, start + length)).Array[0, 30].Sample(spans =>
    {
        var ordered = spans.OrderBy(s => s.Item1).ToArray();
        var lanes = Lanes.Of(ordered, 5);
        return Enumerable.Range(0, ordered.Length).All(later => Enumerable.Range(0, later)
            .All(earlier => lanes[earlier] != lanes[later] || ordered[earlier].Item2 <= ordered[later].Item1 - 5));
    });
}
