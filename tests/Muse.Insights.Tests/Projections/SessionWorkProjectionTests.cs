using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muse.Contracts.Sessions;
using Muse.Insights.Persistence;
using Muse.Testing;

namespace Muse.Insights.Tests.Projections;

public sealed class SessionWorkProjectionTests(MuseHost muse) : IClassFixture<MuseHost>
{
    private static readonly string?[] Projects = [null, "/home/ann/shop", "/home/ann/other"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Duplicating_and_shuffling_reads_changes_no_row(int seed)
    {
        var random = new Random(seed);
        var reads = Enumerable.Range(0, 12).Select(_ => AnyRead(random)).ToArray();
        var again = reads.Concat(reads.Where(_ => random.Next(2) == 0)).ToArray();
        random.Shuffle(again);

        await muse.RecordedAsync([.. reads.Select((r, i) => r with { SessionId = $"a{seed}", Generation = (seed * 1000) + i })]);
        await muse.RecordedAsync([.. again.Select((r, i) => r with { SessionId = $"b{seed}", Generation = (seed * 1000) + 100 + i })]);
        await muse.SettleAsync();

        Assert.Equal(await RowsAsync($"a{seed}"), await RowsAsync($"b{seed}"));
    }

    [Fact]
    public async Task The_folders_of_a_session_are_where_it_began_and_where_it_changed_files()
    {
        await muse.RecordedAsync(A.Read("folders", 1) with
        {
            ProjectPath = "/home/ann/shop",
            Edits = [new EditSeen(1, 5, "/home/ann/lib/a.cs", 1, 0), new EditSeen(2, 6, "relative/b.cs", 1, 0), new EditSeen(3, 7, "/home/ann/lib/c.cs", 1, 0)],
        });
        await muse.SettleAsync();

        await using var scope = muse.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<InsightsDbContext>();
        var folders = await db.SessionFolders.Where(f => f.SessionId == "folders").Select(f => f.Folder).ToListAsync();

        Assert.Equal(["/home/ann/lib", "/home/ann/shop"], folders.Order(StringComparer.Ordinal));
    }

    private static TranscriptRead AnyRead(Random random)
    {
        var at = random.Next(1, 50);
        return A.Read("any", 0) with
        {
            ProjectPath = Projects[random.Next(3)],
            AgentId = random.Next(4) == 0 ? "sub" : null,
            Edits = [new EditSeen(0, at, $"/home/ann/f{random.Next(3)}.cs", random.Next(5), random.Next(5))],
            Commits = random.Next(2) == 0 ? [] : [new CommitSeen(0, at, $"abcdef{random.Next(3)}", random.Next(2) == 0 ? null : $"Subject {random.Next(2)}")],
            Errors = random.Next(2) == 0 ? [] : [new ErrorSeen(0, at, "rate_limit", "")],
        };
    }

    private async Task<string> RowsAsync(string session)
    {
        await using var scope = muse.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<InsightsDbContext>();
        var work = await db.SessionWork.SingleAsync(w => w.SessionId == session);
        var edits = await db.SessionEdits.Where(e => e.SessionId == session).ToListAsync();
        var seen = await db.SeenCommits.Where(c => c.SessionId == session).ToListAsync();
        var errors = await db.SessionErrors.Where(e => e.SessionId == session).ToListAsync();
        return string.Join('\n', new[] { $"{work.ProjectPath} {work.ProjectAtMs} {work.FirstAtMs} {work.LastAtMs} {work.IsStale}" }
            .Concat(edits.Select(e => $"{e.Path} {e.AtMs} {e.AddedLines} {e.RemovedLines}").Order(StringComparer.Ordinal))
            .Concat(seen.Select(c => $"{c.Hash} {c.Subject} {c.AtMs}").Order(StringComparer.Ordinal))
            .Concat(errors.Select(e => $"{e.AtMs} {e.Code}").Order(StringComparer.Ordinal)));
    }
}
