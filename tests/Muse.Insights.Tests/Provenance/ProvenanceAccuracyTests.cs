using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muse.Insights.Git;
using Muse.Insights.Persistence;
using Muse.Insights.Provenance;
using Muse.Testing;

namespace Muse.Insights.Tests.Provenance;

public sealed class ProvenanceAccuracyTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Commits_are_held_to_come_from_the_sessions_they_come_from()
    {
        await using var muse = new MuseHost();
        TrueHistory[] histories = [new(muse, 1), new(muse, 2), new(muse, 3)];
        Array.ForEach(histories, h => h.Live(44));

        await muse.SettleAsync();
        await muse.Services.GetRequiredService<GitIndex>().RunAsync(CancellationToken.None);

        await using var scope = muse.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<InsightsDbContext>();
        var origins = await db.CommitOrigins.AsNoTracking().ToListAsync();
        var truth = histories.SelectMany(h => h.Truth).ToHashSet();
        var high = origins.FindAll(o => o.Confidence == Confidence.High);
        var sure = origins.FindAll(o => o.Confidence >= Confidence.Medium);
        var undone = (await db.Commits.AsNoTracking().Where(c => c.RevertedBy != null).Select(c => c.Hash).ToListAsync()).ToHashSet();
        var trulyUndone = histories.SelectMany(h => h.Reverted).ToHashSet();
        Tell($"{histories.Sum(h => h.Commits)} commits, {truth.Count} of them of sessions; {high.Count} high, {sure.Count - high.Count} medium, {origins.Count - sure.Count} low");
        Tell($"precision: high {Right(high):P1}, high and medium {Right(sure):P1}; recall: high {Found(high):P1}, high and medium {Found(sure):P1}");
        Tell($"reverted: {undone.Count} told, {trulyUndone.Count} true, {undone.Intersect(trulyUndone).Count()} in both");
        foreach (var missed in truth.Where(t => !sure.Exists(o => (o.Hash, o.SessionId) == t)).Take(20))
        {
            Tell($"missed: {Subject(missed.Hash)}");
        }

        foreach (var wrong in sure.Where(o => !truth.Contains((o.Hash, o.SessionId))).Take(20))
        {
            Tell($"wrong: {Subject(wrong.Hash)}, {Confidence.Word(wrong.Confidence)}, {wrong.Why}");
        }

        Assert.True(Right(high) >= 0.99);
        Assert.True(Right(sure) >= 0.9);
        Assert.True(Found(sure) >= 0.9);
        Assert.Equal(trulyUndone.Order(), undone.Intersect(truth.Select(t => t.Hash)).Order());

        double Right(List<CommitOrigin> told) => (double)told.Count(o => truth.Contains((o.Hash, o.SessionId))) / told.Count;
        double Found(List<CommitOrigin> told) => (double)told.Count(o => truth.Contains((o.Hash, o.SessionId))) / truth.Count;
        string Subject(string hash) => db.Commits.Where(c => c.Hash == hash).Select(c => c.Subject).FirstOrDefault() ?? "not read";
        void Tell(string line)
        {
            output.WriteLine(line);
            TestContext.Current.SendDiagnosticMessage("{0}", line);
        }
    }
}
