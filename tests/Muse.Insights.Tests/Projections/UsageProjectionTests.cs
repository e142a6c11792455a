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

public sealed class UsageProjectionTests(MuseHost muse) : IClassFixture<MuseHost>
{
    private static readonly string?[] Models = [null, "m", "claude-opus-5", "claude-haiku-4-5"];

    private static readonly Gen<UsageRow> AnyUsage =
        from identity in Gen.Int[0, 3]
        from at in Gen.Long[0, 3]
        from output in Gen.Long[0, 2]
        from input in Gen.Long[0, 2]
        from sidechain in Gen.Bool
        from inherited in Gen.Int[0, 9]
        from model in Gen.Int[0, 3]
        from window in Gen.Int[0, 1]
        select A.Usage($"id{identity}", at, output, Models[model], sidechain, inherited == 0, input, window == 0 ? null : 258_400);

    private static readonly Gen<TranscriptRead> AnyRead =
        from session in Gen.Int[0, 2]
        from agent in Gen.Int[0, 2]
        from project in Gen.Bool
        from usage in AnyUsage.Array[0, 4]
        select A.Read($"s{session}", 1, usage) with { AgentId = agent == 0 ? null : $"a{agent}", ProjectPath = project ? "/p" : null };

    [Fact]
    public async Task The_earliest_record_is_charged_and_the_best_one_counted()
    {
        var rows = await ProjectAsync(
            A.Read("late", 1, A.Usage("x", atMs: 20, output: 90)),
            A.Read("early", 2, A.Usage("x", atMs: 10, output: 1)),
            A.Read("side", 3, A.Usage("x", atMs: 30, output: 99, sidechain: true)));

        var row = Assert.Single(rows);
        Assert.Equal(("early", 10, 90), (row.SessionId, row.AtMs, row.OutputTokens));
    }

    [Fact]
    public async Task Of_equal_outputs_the_later_record_counts()
    {
        var rows = await ProjectAsync(A.Read("s", 1, A.Usage("x", atMs: 20, output: 5, input: 1), A.Usage("x", atMs: 10, output: 5, input: 9)));

        Assert.Equal(1, Assert.Single(rows).InputTokens);
    }

    [Fact]
    public void Order_and_repetition_change_nothing() => Gen.Select(AnyRead.Array[1, 6], Gen.Int[0, 1000]).Sample(
        (reads, seed) =>
        {
            var random = new Random(seed);
            var again = reads.Concat(reads.Where(_ => random.Next(2) == 0)).ToArray();
            random.Shuffle(again);

            var straight = ProjectAsync(reads).GetAwaiter().GetResult();
            var shuffled = ProjectAsync(again).GetAwaiter().GetResult();

            return straight.SequenceEqual(shuffled);
        },
        iter: 150,
        threads: 1);

    [Fact]
    public void It_is_the_same_in_one_read_or_in_many() => AnyRead.Array[1, 6].Sample(
        reads =>
        {
            var split = reads.SelectMany(read => read.Usage.Select(usage => read with { Usage = [usage] })).ToArray();

            return ProjectAsync(reads).GetAwaiter().GetResult().SequenceEqual(ProjectAsync(split).GetAwaiter().GetResult());
        },
        iter: 150,
        threads: 1);

    // 5 + 12.5 + 30 + 2 and 25 for each token of output, in micro-dollars.
    [Fact]
    public async Task The_price_is_that_of_the_record_that_counts()
    {
        var rows = await ProjectAsync(
            A.Read("s", 1, A.Usage("x", atMs: 20, output: 100, model: "claude-opus-5")),
            A.Read("s", 2, A.Usage("x", atMs: 10, output: 1, model: "m"), A.Usage("y", model: "m")));

        Assert.Equal([2550L, null], rows.Select(r => r.CostMicroUsd));
    }

    private async Task<List<Row>> ProjectAsync(params TranscriptRead[] reads)
    {
        await using var scope = muse.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<InsightsDbContext>();
        await db.Database.OpenConnectionAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var statements = scope.ServiceProvider.GetRequiredService<ProjectionStatements<InsightsDbContext>>();
        foreach (var read in reads)
        {
            await new UsageProjection(statements, scope.ServiceProvider.GetRequiredService<PriceSheet>()).Handle(read, CancellationToken.None);
        }

        // Read in the transaction and rolled back with it: every case starts with an empty table.
        return await db.Usage.OrderBy(u => u.Identity).Select(u => new Row(
            u.Identity, u.SessionId, u.AgentId, u.ProjectPath, u.AtMs, u.StatedAtMs, u.Model, u.InputTokens, u.OutputTokens, u.Sidechain, u.ContextWindow,
            u.CostMicroUsd)).ToListAsync();
    }

    private sealed record Row(
        string Identity, string SessionId, string? AgentId, string? ProjectPath, long AtMs, long StatedAtMs, string? Model, long InputTokens,
        long OutputTokens, bool Sidechain, long? ContextWindow, long? CostMicroUsd);
}
