using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muse.Board.Persistence;
using Muse.Board.Projections;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Sessions;
using Muse.Testing;

namespace Muse.Board.Tests.Projections;

public sealed class RollupProjectionTests(MuseHost muse) : IClassFixture<MuseHost>
{
    private static readonly Gen<UsageRow> AnyUsage =
        from identity in Gen.Int[0, 3]
        from at in Gen.Long[1, 4]
        from output in Gen.Long[0, 2]
        from input in Gen.Long[0, 2]
        from sidechain in Gen.Bool
        from inherited in Gen.Int[0, 9]
        from model in Gen.Int[0, 2]
        select A.Usage($"id{identity}", at, output, model == 0 ? null : $"m{model}", sidechain, inherited == 0, input);

    private static readonly Gen<TranscriptRead> AnyRead =
        from session in Gen.Int[0, 2]
        from agent in Gen.Int[0, 2]
        from usage in AnyUsage.Array[0, 4]
        from prompts in Gen.Select(Gen.Long[1, 4], Gen.Bool, Gen.Int[0, 3]).Array[0, 3]
        from tools in Gen.Select(Gen.Long[1, 4], Gen.Int[0, 3]).Array[0, 3]
        from errors in Gen.Select(Gen.Long[1, 4], Gen.Int[0, 2]).Array[0, 2]
        select A.Read($"s{session}", 1, usage) with
        {
            AgentId = agent == 0 ? $"a{agent}" : null,
            Branch = $"b{agent}",
            Prompts = [.. prompts.Select(p => new PromptSeen(0, p.Item1, p.Item2, $"p{p.Item3}"))],
            Tools = [.. tools.Select(t => new ToolSeen(0, t.Item1, $"t{t.Item2}", "ok", null))],
            Errors = [.. errors.Select(e => new ErrorSeen(0, e.Item1, $"c{e.Item2}", "e"))],
        };

    [Fact]
    public async Task The_newest_of_everything_is_kept()
    {
        var read = A.Read("s", 1, A.Usage("x", atMs: 10, output: 5, model: "old"), A.Usage("y", atMs: 20, output: 7, model: "new")) with
        {
            Prompts = [new(0, 5, false, "First"), new(3, 15, false, "Second"), new(4, 21, true, "Answer")],
            Tools = [new(2, 18, "Bash", "error", 3)],
            Errors = [new(9, 19, "overloaded", "Try again")],
        };

        var row = Assert.Single(await ProjectAsync(read));

        Assert.Equal(
            ("Second", "Answer", "new", 17L, "overloaded: Try again", 1L), (row.LastAsk, row.LastAction, row.Model, row.ContextTokens, row.LastError, row.Errors));
    }

    [Fact]
    public async Task A_failed_tool_says_so()
    {
        var row = Assert.Single(await ProjectAsync(A.Read("s", 1) with { Tools = [new(2, 18, "Bash", "error", 3)] }));

        Assert.Equal("Bash: error", row.LastAction);
    }

    [Fact]
    public async Task A_subagent_says_nothing()
    {
        var row = Assert.Single(await ProjectAsync(A.Read("s", 1, A.Usage("x", output: 5)) with { AgentId = "a", Prompts = [new(0, 5, false, "Look around")] }));

        Assert.Equal((null, 0), (row.LastAsk, row.ContextTokens));
    }

    [Fact]
    public void Order_and_repetition_change_nothing() => Gen.Select(AnyRead.Array[1, 6], Gen.Int[0, 1000]).Sample(
        (reads, seed) =>
        {
            var random = new Random(seed);
            var again = reads.Concat(reads.Where(_ => random.Next(2) == 0)).ToArray();
            random.Shuffle(again);

            return ProjectAsync(reads).GetAwaiter().GetResult().SequenceEqual(ProjectAsync(again).GetAwaiter().GetResult());
        },
        iter: 100,
        threads: 1);

    private async Task<List<Row>> ProjectAsync(params TranscriptRead[] reads)
    {
        await using var scope = muse.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BoardDbContext>();
        await db.Database.OpenConnectionAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var statements = scope.ServiceProvider.GetRequiredService<ProjectionStatements<BoardDbContext>>();
        foreach (var read in reads)
        {
            await new RollupProjection(statements).Handle(read, CancellationToken.None);
        }

        // Read in the transaction and rolled back with it: every case starts with empty tables.
        return await db.Rollups.OrderBy(r => r.SessionId).Select(r => new Row(
            r.SessionId, r.Branch, r.LastAsk, r.LastAction, r.LastActionAtMs, r.Model, r.ContextTokens, r.Errors,
            r.LastError)).ToListAsync();
    }

    private sealed record Row(
        string SessionId, string? Branch, string? LastAsk, string? LastAction, long LastActionAtMs, string? Model, long ContextTokens,
        long Errors, string? LastError);
}
