using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Sessions;
using Muse.Insights.Persistence;
using Muse.Insights.Projections;
using Muse.Testing;

namespace Muse.Insights.Tests.Projections;

public sealed class UsageProjectionTests(MuseHost muse) : IClassFixture<MuseHost>
{
    private static readonly Gen<UsageRow> AnyUsage =
        from identity in Gen.Int[0, 3]
        from at in Gen.Long[0, 3]
        from output in Gen.Long[0, 2]
        from input in Gen.Long[0, 2]
        from sidechain in Gen.Bool
        from inherited in Gen.Int[0, 9]
        from model in Gen.Int[0, 2]
        select A.Usage($"id{identity}", at, output, model == 0 ? null : $"m{model}", sidechain, inherited == 0, input);

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

    private async Task<List<Row>> ProjectAsync(params TranscriptRead[] reads)
    {
        await using var scope = muse.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<InsightsDbContext>();
        await db.Database.OpenConnectionAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var statements = scope.ServiceProvider.GetRequiredService<ProjectionStatements<InsightsDbContext>>();
        foreach (var read in reads)
        {
            await new UsageProjection(statements).Handle(read, CancellationToken.None);
        }

        // Read in the transaction and rolled back with it: every case starts with an empty table.
        return await db.Usage.OrderBy(u => u.Identity).Select(u => new Row(
            u.Identity, u.SessionId, u.AgentId, u.ProjectPath, u.AtMs, u.StatedAtMs, u.Model, u.InputTokens, u.OutputTokens, u.Sidechain)).ToListAsync();
    }

    private sealed record Row(
        string Identity, string SessionId, string? AgentId, string? ProjectPath, long AtMs, long StatedAtMs, string? Model, long InputTokens,
        long OutputTokens, bool Sidechain);
}
