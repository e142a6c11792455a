using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Sessions;
using Muse.Insights.Persistence;
using Muse.Insights.Prices;
using Muse.Insights.Projections;
using Muse.Testing;

namespace Muse.Insights.Tests.Projections;

public sealed class SpendTests(MuseHost muse) : IClassFixture<MuseHost>
{
    private const string Changes = "SELECT total_changes()";
    private static readonly string?[] Models = [null, "m", "claude-opus-5"];

    private static readonly Gen<TranscriptRead> AnyRead =
        from session in Gen.Int[0, 2]
        from project in Gen.Int[0, 2]
        from usage in AnyUsage.Array[0, 4]
        select A.Read($"s{session}", 1, usage) with { ProjectPath = project == 0 ? null : $"/p{project}" };

    private static Gen<UsageRow> AnyUsage =>
        from identity in Gen.Int[0, 5]
        from quarter in Gen.Long[-1, 3]
        from output in Gen.Long[-1, 2]
        from absurd in Gen.Int[0, 9]
        from model in Gen.Int[0, 2]
        from sidechain in Gen.Bool
        select A.Usage(
            $"id{identity}", quarter * Spend.QuarterMs, absurd == 0 ? long.MaxValue : output, Models[model], sidechain, input: absurd == 1 ? long.MinValue : 1);

    [Fact]
    public void Duplicating_shuffling_and_splitting_change_no_sum() => Gen.Select(AnyRead.Array[1, 6], Gen.Int[0, 1000]).Sample(
        (reads, seed) =>
        {
            var random = new Random(seed);
            var again = reads.Concat(reads.Where(_ => random.Next(2) == 0))
                .SelectMany(read => read.Usage.Select(usage => read with { Usage = [usage] })).ToArray();
            random.Shuffle(again);

            return SpendAsync(reads).GetAwaiter().GetResult().SequenceEqual(SpendAsync(again).GetAwaiter().GetResult());
        },
        iter: 150,
        threads: 1);

    [Fact]
    public void Sums_are_those_of_the_rows() => AnyRead.Array[1, 6].Sample(
        reads => InTransactionAsync(async (db, project) =>
        {
            project(reads);
            var rows = await db.Usage.AsNoTracking().ToListAsync();
            var spend = (await db.Spend.AsNoTracking().ToListAsync()).FindAll(s => s.Responses != 0);
            var sessions = (await db.SessionSpend.AsNoTracking().ToListAsync()).FindAll(s => s.Responses != 0);

            Assert.Equal(rows.Sum(r => Sane(r.OutputTokens)), spend.Sum(s => s.OutputTokens));
            Assert.Equal(rows.Sum(r => r.CostMicroUsd ?? 0), spend.Sum(s => s.CostMicroUsd));
            Assert.Equal(rows.Count(r => r.CostMicroUsd is null), spend.Sum(s => s.UnpricedResponses));
            Assert.Equal(
                rows.GroupBy(r => r.SessionId).Select(g => (g.Key, g.LongCount(), g.Sum(r => r.CostMicroUsd ?? 0))).Order(),
                sessions.Select(s => (s.SessionId, s.Responses, s.CostMicroUsd)).Order());
            return true;
        }).GetAwaiter().GetResult(),
        iter: 100,
        threads: 1);

    // The response itself, its quarter, its session, and at most the name they share.
    [Fact]
    public async Task A_response_more_writes_few_rows_however_many_there_are() => await InTransactionAsync((db, project) =>
    {
        project([A.Read("s", 1, [.. Enumerable.Range(0, 2000).Select(i => A.Usage($"x{i}", i * 100_000L))])]);

        var added = Changed(db, () => project([A.Read("s", 2, A.Usage("more", 5_000_000))]));
        var better = Changed(db, () => project([A.Read("s", 2, A.Usage("more", 5_000_001, output: 99))]));
        var again = Changed(db, () => project([A.Read("s", 2, A.Usage("more", 5_000_001, output: 99))]));

        Assert.Equal((3, 3, 0), (added, better, again));
        return Task.FromResult(true);
    });

    private static long Sane(long count) => count is >= 0 and <= Pricing.MostTokens ? count : 0;

    private static long Changed(InsightsDbContext db, Action act)
    {
        using var changes = new PreparedStatement((Microsoft.Data.Sqlite.SqliteConnection)db.Database.GetDbConnection(), Changes);
        var before = changes.FirstNumber();
        act();
        return changes.FirstNumber() - before;
    }

    private Task<List<string>> SpendAsync(TranscriptRead[] reads) => InTransactionAsync(async (db, project) =>
    {
        project(reads);
        var spend = await db.Spend.Where(s => s.Responses != 0).Join(db.SpendSeries, s => s.SeriesId, n => n.Id, (s, n) => new { s, n }).ToListAsync();
        var sessions = await db.SessionSpend.Where(s => s.Responses != 0).ToListAsync();
        return spend
            .Select(r => $"{r.s.Quarter} {r.n.Agent} {r.n.Model} {r.n.ProjectPath} {r.s.Responses} {r.s.InputTokens} {r.s.OutputTokens} "
                + $"{r.s.CacheReadTokens} {r.s.CostMicroUsd} {r.s.UnpricedResponses}")
            .Concat(sessions.Select(s => $"{s.SessionId} {s.Responses} {s.InputTokens} {s.OutputTokens} {s.CostMicroUsd} {s.UnpricedResponses}"))
            .Order(StringComparer.Ordinal).ToList();
    });

    /// <summary>Rolled back: every case starts with empty tables.</summary>
    private async Task<T> InTransactionAsync<T>(Func<InsightsDbContext, Action<TranscriptRead[]>, Task<T>> act)
    {
        await using var scope = muse.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<InsightsDbContext>();
        await db.Database.OpenConnectionAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var projection = new UsageProjection(
            scope.ServiceProvider.GetRequiredService<ProjectionStatements<InsightsDbContext>>(), scope.ServiceProvider.GetRequiredService<PriceSheet>());
        return await act(db, reads => Array.ForEach(reads, read => projection.Handle(read, CancellationToken.None).GetAwaiter().GetResult()));
    }
}
