using System.Net;
using System.Text.Json.Nodes;
using Muse.Testing;
using Agents = Muse.Sessions.Features.ListAgents.ListAgents;
using Drift = Muse.Sessions.Features.GetDrift.GetDrift;
using Facets = Muse.Sessions.Features.ListFacets.ListFacets;
using Files = Muse.Sessions.Features.ListFiles.ListFiles;
using IngestFiles = Muse.Sessions.Features.ListIngestFiles.ListIngestFiles;
using Slice = Muse.Sessions.Features.GetOutline.GetOutline;

namespace Muse.Sessions.Tests.Features.GetOutline;

public sealed class GetOutlineTests(SmallArchive muse) : IClassFixture<SmallArchive>
{
    [Fact]
    public async Task Prompts_and_started_agents_are_places_to_jump_to()
    {
        var outline = await muse.Host.GetAsync<Slice.Response>($"/api/sessions/{A.SessionId("work")}/outline");

        Assert.Equal("prompt", outline.Entries[0].Kind);
        Assert.Equal("Change the lamp", outline.Entries[0].Label);
        Assert.Equal(outline.Total, outline.Density.Sum());
        Assert.True(outline.Density.Count <= 120);
        Assert.Equal(outline.Density.Count, outline.Errors.Count);
    }

    [Theory]
    [InlineData("nobody/outline", "session-not-found")]
    [InlineData("{s}/outline?agent=b", "agent-not-found")]
    [InlineData("nobody/agents", "session-not-found")]
    [InlineData("nobody/files", "session-not-found")]
    [InlineData("nobody/find?q=x", "session-not-found")]
    public async Task What_is_not_there_is_404(string address, string code)
    {
        var (status, problem) = await muse.Host.GetProblemAsync("/api/sessions/" + address.Replace("{s}", A.SessionId("work"), StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.NotFound, code), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_subagent_is_listed_with_what_it_did()
    {
        var agent = Assert.Single(await muse.Host.GetAsync<Agents.Response[]>($"/api/sessions/{A.SessionId("work")}/agents"));

        Assert.Equal(("a1", 2L, (string?)null), (agent.AgentId, agent.Items, agent.ParentAgentId));
    }

    [Fact]
    public async Task A_session_without_subagents_lists_none() =>
        Assert.Empty(await muse.Host.GetAsync<Agents.Response[]>($"/api/sessions/{A.SessionId("find")}/agents"));

    [Fact]
    public async Task A_changed_file_is_listed_with_its_calls()
    {
        var file = Assert.Single(await muse.Host.GetAsync<Files.Response[]>($"/api/sessions/{A.SessionId("work")}/files"));

        Assert.Equal(("/home/ann/shop/lamp.txt", 1, 2), (file.Path, file.Edits, file.Added));
        Assert.Equal(["1"], file.Items);
    }

    [Fact]
    public async Task Facets_count_sessions()
    {
        var facets = await muse.Host.GetAsync<Facets.Response>("/api/sessions/facets");

        Assert.Equal([("claude-code", 2)], facets.Agents.Select(f => (f.Value, f.Count)));
        Assert.Equal([("/home/ann/shop", "shop", 2)], facets.Projects.Select(f => (f.Value, f.Label, f.Count)));
        Assert.Equal([("live", 2)], facets.States.Select(f => (f.Value, f.Count)));
    }

    [Fact]
    public async Task Every_line_of_a_file_is_accounted_for()
    {
        var files = await muse.Host.GetAsync<IngestFiles.Response[]>("/api/ingest/files");

        Assert.Equal(3, files.Length);
        Assert.All(files, f => Assert.Equal(File.ReadLines(f.Path).Count(), f.Lines));
        Assert.All(files, f => Assert.Equal(f.Bytes, f.CommittedBytes));
    }

    [Fact]
    public async Task A_file_with_a_problem_can_be_asked_for()
    {
        var files = await muse.Host.GetAsync<IngestFiles.Response[]>("/api/ingest/files?problem=true&agent=claude-code");

        Assert.Equal((1, 1), (Assert.Single(files).UnknownLines, files[0].MalformedLines));
    }

    [Theory]
    [InlineData("problem=maybe", "problem")]
    [InlineData("agent=hal", "agent")]
    public async Task A_parameter_that_makes_no_sense_is_named(string query, string parameter)
    {
        var (status, problem) = await muse.Host.GetProblemAsync($"/api/ingest/files?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(parameter, out _));
    }

    [Fact]
    public async Task An_unknown_record_is_drift_with_a_sample()
    {
        var drift = await muse.Host.GetAsync<Drift.Response>("/api/drift");

        var type = Assert.Single(drift.Types);
        Assert.Equal(("claude-code", "hologram", 1L, A.SessionId("find")), (type.Agent, type.Type, type.Count, type.SampleSession));
        var body = await muse.Host.Client.GetStringAsync($"/api/sessions/{type.SampleSession}/items/{type.SampleItem}/raw");
        Assert.Contains("hologram", body, StringComparison.Ordinal);
        Assert.Equal((1L, 1L), (drift.Totals.Sum(t => t.Unknown), drift.Totals.Sum(t => t.Malformed)));
    }

    [Fact]
    public async Task The_ingest_says_where_it_looks()
    {
        var progress = await muse.Host.GetAsync<Muse.Sessions.Ingest.IngestProgress>("/api/ingest");

        Assert.Equal(("idle", 3, 3), (progress.State, progress.FilesTotal, progress.FilesDone));
        Assert.Contains(progress.Roots, r => r is { Agent: "claude-code", Exists: true, Readable: true, Sessions: 2 });
    }
}

/// <summary>Two sessions, one with a subagent and an edit, one with lines that no reader knows.</summary>
public sealed class SmallArchive : IAsyncLifetime
{
    public MuseHost Host { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var work = A.Transcript(Host, "work").Prompt("Change the lamp")
            .Call("t1", "Write", new JsonObject { ["file_path"] = "/home/ann/shop/lamp.txt", ["content"] = "on\noff\n" });
        work.Result("t1", "File created successfully at: /home/ann/shop/lamp.txt", report: new JsonObject
        {
            ["type"] = "create", ["filePath"] = "/home/ann/shop/lamp.txt", ["content"] = "on\noff\n", ["structuredPatch"] = new JsonArray(),
        }).Reply("Changed.");
        A.Transcript(Host, "work", agentId: "a1").Prompt("Look").Reply("Seen.");
        A.Transcript(Host, "find").Prompt("Say \"héllo\" to C:\\temp").Call("t1", "Bash", new JsonObject { ["command"] = "make" })
            .Result("t1", "first line\nNeedleInTheOutput here\nlast\u001b[31m line").Reply("needleintheoutput was seen")
            .Raw("""{"type":"hologram","version":"2.1.0","sessionId":"find","timestamp":"2026-01-01T00:00:00.000Z"}""").Raw("not json at all")
            .Raw("""{"type":"user","message":{"role":"user","content":"caf\u00e9 au lait"},"uuid":"u9","timestamp":"2026-01-01T00:00:00.000Z","sessionId":"find","version":"2.1.0"}""");
        await Host.SettleAsync();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
