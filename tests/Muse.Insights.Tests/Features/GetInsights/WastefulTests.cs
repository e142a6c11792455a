using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Muse.Testing;
using Journal = Muse.Insights.Features.GetJournal.GetJournal;
using Slice = Muse.Insights.Features.GetInsights.GetInsights;

namespace Muse.Insights.Tests.Features.GetInsights;

public sealed class WastefulTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 15, 0, 0, TimeSpan.Zero);
    private readonly MuseHost _muse = MuseHost.At(new FakeTimeProvider(Now));

    public ValueTask DisposeAsync() => _muse.DisposeAsync();

    [Fact]
    public async Task A_session_that_shipped_nothing_and_is_unwell_is_wasteful_and_its_row_says_why()
    {
        await WorkAsync(("spirals", 10, true), ("works", 1, false), ("stumbles", 6, true));

        var told = await _muse.GetAsync<Slice.Response>("/api/insights?zone=UTC");

        var session = Assert.Single(told.Wasteful);
        Assert.Equal((A.SessionId("spirals"), "unknown", "bad"), (session.Id, session.Outcome, session.Health));
        Assert.Equal("10 calls failed in a row, and none succeeded in between.", session.HealthWhy);
    }

    [Fact]
    public async Task The_journal_tells_the_health_of_its_sessions()
    {
        await WorkAsync(("spirals", 10, true), ("works", 1, false), ("stumbles", 6, true));

        var told = await _muse.GetAsync<Journal.Response>("/api/journal?zone=UTC&day=2026-07-01");

        Assert.Equal(["bad", "ok", "warn"], told.Sessions.OrderBy(s => s.Title, StringComparer.Ordinal).Select(s => s.Health));
        Assert.Equal([A.SessionId("works")], told.Sessions.Where(s => s.HealthWhy is null).Select(s => s.Id));
    }

    [Fact]
    public async Task The_reason_is_no_formula_in_a_spreadsheet()
    {
        await WorkAsync(("spirals", 10, true));

        var csv = await _muse.Client.GetStringAsync(new Uri("/api/insights?zone=UTC&format=csv", UriKind.Relative));

        Assert.Contains(",bad,\"10 calls failed in a row, and none succeeded in between.\"", csv, StringComparison.Ordinal);
    }

    /// <summary>Sessions by name, calls, and whether these fail; named by their first letter in the order of the alphabet.</summary>
    private async Task WorkAsync(params (string Name, int Calls, bool Fail)[] sessions)
    {
        foreach (var (name, calls, fail) in sessions)
        {
            var transcript = new ClaudeTranscript(_muse.Home, name, "/home/ann/shop", null) { AtMs = Now.AddHours(-2).ToUnixTimeMilliseconds() };
            transcript.Prompt(name == "spirals" ? "A spiral" : name == "works" ? "B works" : "C stumbles");
            for (var i = 0; i < calls; i++)
            {
                transcript.Call($"c{i}", "Bash", new JsonObject { ["command"] = $"try {i}" }).Result($"c{i}", "boom", fail);
            }

            transcript.Reply("Done.", outputTokens: 1000);
        }

        await _muse.DigestAsync();
    }
}
