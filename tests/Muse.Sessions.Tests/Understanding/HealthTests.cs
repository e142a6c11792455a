using System.Net;
using System.Text.Json.Nodes;
using Muse.Sessions.Understanding;
using Muse.Testing;

namespace Muse.Sessions.Tests.Understanding;

public sealed class HealthTests : IAsyncDisposable
{
    private readonly DigestHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_call_that_fails_again_and_again_unchanged_is_a_retry_loop()
    {
        _host.Session("s").Prompt("go").Run("1", "make", fails: true).Run("2", "make", fails: true).Run("3", "make", fails: true).Reply("No luck.");

        var finding = await OnlyAsync("s");

        Assert.Equal((Finding.RetryLoop, "warn"), (finding.Kind, finding.Severity));
        Assert.Equal(["1", "2", "3"], finding.Items);
        Assert.Contains("3 times", finding.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_a_failing_test_again_after_each_change_is_work()
    {
        var session = _host.Session("s").Prompt("go");
        for (var i = 0; i < 4; i++)
        {
            session.Run($"t{i}", "make", fails: true).Edit($"e{i}", "/home/ann/shop/a.cs");
        }

        session.Run("ok", "make").Reply("Done.");

        Assert.Empty((await _host.HealthAsync("s")).Findings);
    }

    [Fact]
    public async Task Calls_that_fail_one_after_another_whatever_is_tried_are_a_spiral()
    {
        var session = _host.Session("s").Prompt("go");
        for (var i = 0; i < 10; i++)
        {
            session.Run($"t{i}", $"try {i}", fails: true);
        }

        session.Reply("No luck.");

        var finding = await OnlyAsync("s");
        Assert.Equal((Finding.ErrorSpiral, "bad", 10), (finding.Kind, finding.Severity, finding.Items.Count));
    }

    [Fact]
    public async Task One_success_in_between_breaks_a_spiral()
    {
        var session = _host.Session("s").Prompt("go");
        for (var i = 0; i < 8; i++)
        {
            session.Run($"t{i}", $"try {i}", fails: i != 4);
        }

        session.Reply("Some luck.");

        Assert.Equal("ok", (await _host.HealthAsync("s")).State);
    }

    [Fact]
    public async Task Calls_that_a_person_refuses_close_together_are_told()
    {
        _host.Session("s").Prompt("go").Refuse("1", "rm a").Prompt("no").Refuse("2", "rm b").Prompt("no!").Refuse("3", "rm c").Prompt("stop that").Reply("All right.");

        var finding = await OnlyAsync("s");

        Assert.Equal((Finding.Denials, 3), (finding.Kind, finding.Items.Count));
    }

    [Fact]
    public async Task Two_refusals_are_a_conversation()
    {
        _host.Session("s").Prompt("go").Refuse("1", "rm a").Prompt("no").Refuse("2", "rm b").Prompt("no!").Reply("All right.");

        Assert.Empty((await _host.HealthAsync("s")).Findings);
    }

    [Fact]
    public async Task A_file_changed_over_and_over_with_failures_in_between_is_thrash()
    {
        var session = _host.Session("s").Prompt("go");
        for (var i = 0; i < 7; i++)
        {
            session.Edit($"e{i}", "/home/ann/shop/a.cs").Run($"t{i}", "make", fails: true).Run($"l{i}", "ls");
        }

        session.Reply("No luck.");

        var finding = Assert.Single((await _host.HealthAsync("s")).Findings, f => f.Kind == Finding.Thrash);
        Assert.Equal(("warn", 7), (finding.Severity, finding.Items.Count));
        Assert.Contains("a.cs", finding.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_changed_often_while_everything_succeeds_is_no_thrash()
    {
        var session = _host.Session("s").Prompt("go");
        for (var i = 0; i < 12; i++)
        {
            session.Edit($"e{i}", "/home/ann/shop/a.cs").Run($"t{i}", "make");
        }

        session.Reply("Done.");

        Assert.Empty((await _host.HealthAsync("s")).Findings);
    }

    [Fact]
    public async Task A_context_that_is_nearly_full_is_told_until_it_is_compacted()
    {
        var session = _host.Session("s").Prompt("go").Reply("long", outputTokens: 185_000);

        Assert.Equal((Finding.ContextFull, "warn"), await KindAsync("s"));

        session.Prompt("on").Reply("short");
        Assert.Empty((await _host.HealthAsync("s")).Findings);
    }

    [Fact]
    public async Task A_session_compacted_many_times_is_told()
    {
        var session = _host.Session("s").Prompt("go");
        for (var i = 0; i < 3; i++)
        {
            session.Raw(new JsonObject
            {
                ["type"] = "system", ["subtype"] = "compact_boundary", ["content"] = "Conversation compacted", ["uuid"] = $"c{i}", ["sessionId"] = "s",
                ["timestamp"] = "2026-03-01T12:10:00.000Z", ["compactMetadata"] = new JsonObject { ["trigger"] = "auto", ["preTokens"] = 155_000 },
            }.ToJsonString());
        }

        session.Reply("Done.");

        Assert.Equal((Finding.Compactions, "warn"), await KindAsync("s"));
    }

    [Fact]
    public async Task A_call_that_never_came_back_is_a_stall_once_it_is_long_ago()
    {
        _host.Session("s").Prompt("go").Call("1", "Bash", new JsonObject { ["command"] = "sleep 9" });
        _host.Session("now", hour: 0.98).Prompt("go").Call("1", "Bash", new JsonObject { ["command"] = "sleep 9" });

        Assert.Equal((Finding.Stalled, "warn"), await KindAsync("s"));
        Assert.Empty((await _host.HealthAsync("now")).Findings);
    }

    [Fact]
    public async Task A_session_much_dearer_than_usual_is_told()
    {
        for (var i = 0; i < 25; i++)
        {
            _host.Session($"s{i}").Prompt("go").Reply("short");
        }

        _host.Session("dear").Prompt("go").Reply("long", outputTokens: 100_000);

        Assert.Equal((Finding.CostOutlier, "warn"), await KindAsync("dear"));
        Assert.Empty((await _host.HealthAsync("s1")).Findings);
    }

    [Fact]
    public async Task Until_it_is_worked_out_health_is_unknown()
    {
        _host.Session("s").Prompt("go").Reply("Done.");
        await _host.Muse.SettleAsync();

        var health = await _host.Muse.GetAsync<Sessions.Features.GetSessionHealth.GetSessionHealth.Response>($"/api/sessions/{A.SessionId("s")}/health");

        Assert.Equal(("unknown", 0), (health.State, health.Findings.Count));
    }

    [Theory]
    [InlineData("health")]
    [InlineData("brief")]
    [InlineData("lineage")]
    [InlineData("related")]
    public async Task An_unknown_session_is_404(string what)
    {
        var (status, problem) = await _host.Muse.GetProblemAsync($"/api/sessions/none/{what}");

        Assert.Equal((HttpStatusCode.NotFound, "session-not-found"), (status, problem.GetProperty("code").GetString()));
    }

    private async Task<Finding> OnlyAsync(string name) => Assert.Single((await _host.HealthAsync(name)).Findings);

    private async Task<(string Kind, string Severity)> KindAsync(string name)
    {
        var finding = await OnlyAsync(name);
        return (finding.Kind, finding.Severity);
    }
}
