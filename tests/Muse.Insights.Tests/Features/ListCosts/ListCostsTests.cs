using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Journal;
using Muse.Contracts.Insights;
using Muse.Testing;
using Slice = Muse.Insights.Features.ListCosts.ListCosts;

namespace Muse.Insights.Tests.Features.ListCosts;

public sealed class ListCostsTests(MuseHost muse) : IClassFixture<MuseHost>
{
    [Fact]
    public async Task Those_asked_about_are_told_as_they_are_now()
    {
        await muse.RecordedAsync(A.Read("c1", 1, A.Usage("c-a", model: "claude-opus-5"), A.Usage("c-b", model: "nobody-knows")), A.Read("c2", 2, A.Usage("c-c")));
        await muse.SettleAsync();
        var before = await GetAsync("c1,unknown");
        await muse.RecordedAsync(A.Read("c1", 3, A.Usage("c-d", model: "claude-opus-5")));
        await muse.SettleAsync();
        var after = await GetAsync("c1");

        Assert.Equal(("c1", new Slice.Cost(300, 1)), (Assert.Single(before).Key, before["c1"]));
        Assert.Equal(new Slice.Cost(600, 1), after["c1"]);
    }

    [Fact]
    public async Task All_sessions_or_some_are_told_to_other_modules()
    {
        await muse.RecordedAsync(A.Read("d1", 10, A.Usage("d-a", model: "claude-opus-5")), A.Read("d2", 11, A.Usage("d-b", model: "nobody-knows")));
        await muse.SettleAsync();

        var some = await AskAsync(["d2", "unknown"]);
        var all = await AskAsync(null);

        Assert.Equal(("d2", new SessionCost(0, 1)), (Assert.Single(some).Key, some["d2"]));
        Assert.Equal(new SessionCost(300, 0), all["d1"]);
        Assert.Equal(new SessionCost(0, 1), all["d2"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?ids=,")]
    public async Task Nobody_is_no_question(string query)
    {
        var (status, problem) = await muse.GetProblemAsync($"/api/sessions/costs{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty("ids", out _));
    }

    private Task<Dictionary<string, Slice.Cost>> GetAsync(string ids) => muse.GetAsync<Dictionary<string, Slice.Cost>>($"/api/sessions/costs?ids={ids}");

    private async Task<IReadOnlyDictionary<string, SessionCost>> AskAsync(string[]? sessions)
    {
        await using var scope = muse.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IQuestions>().AskAsync(new CostsOfSessions(sessions), CancellationToken.None);
    }
}
