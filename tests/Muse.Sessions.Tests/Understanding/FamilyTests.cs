using Muse.BuildingBlocks.Web;
using Microsoft.Extensions.DependencyInjection;
using Muse.Sessions.Features.GetLineage;
using Muse.Sessions.Features.ListFiles;
using Muse.Sessions.Features.ListRelated;
using Muse.Testing;

namespace Muse.Sessions.Tests.Understanding;

/// <summary>Where sessions come from, and what else is about the same.</summary>
public sealed class FamilyTests : IAsyncDisposable
{
    private const string Parent = "00000000-0000-4000-8000-000000000001";
    private const string Child = "00000000-0000-4000-8000-000000000002";
    private readonly DigestHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_continued_session_and_its_subagent_are_one_family_whoever_asks()
    {
        _host.Session(Parent).Prompt("go").Reply("Done.");
        var moved = _host.Session(Parent, "/home/ann/other", hour: 0.1).Prompt("go on").Reply("Went on.");
        File.Move(moved.Path, Path.Combine(Path.GetDirectoryName(moved.Path)!, $"{Child}.jsonl"));
        new ClaudeTranscript(_host.Muse.Home, Parent, DigestHost.Folder, "a1").Prompt("find it").Reply("Found.");
        await _host.DigestAsync();

        foreach (var asked in new[] { Parent, Child })
        {
            var family = await _host.Muse.GetAsync<GetLineage.Response>($"/api/sessions/{A.SessionId(asked)}/lineage");

            Assert.Equal(A.SessionId(Parent), family.Root);
            Assert.Equal([(A.SessionId(Parent), null, 0), (A.SessionId(Child), "continued", 1)], family.Nodes.Select(n => (n.Id, n.Relation, n.Depth)));
            Assert.Equal("a1", Assert.Single(family.Nodes[0].Agents).AgentId);
        }
    }

    [Fact]
    public async Task A_session_without_relatives_is_a_family_of_one()
    {
        _host.Session("s").Prompt("go").Reply("Done.");
        await _host.DigestAsync();

        Assert.Null(Assert.Single((await _host.Muse.GetAsync<GetLineage.Response>($"/api/sessions/{A.SessionId("s")}/lineage")).Nodes).Relation);
    }

    [Fact]
    public async Task Shared_files_relate_more_than_a_branch_and_a_branch_more_than_a_project()
    {
        _host.Session("s").Prompt("go").Edit("1", "/home/ann/shop/a.cs").Edit("2", "/home/ann/shop/b.cs").Reply("Done.");
        _host.Session("project").Prompt("go").Reply("Done.");
        _host.Session("files", "/home/ann/copy", hour: -200).Prompt("go").Edit("1", "/home/ann/shop/a.cs").Edit("2", "/home/ann/shop/b.cs").Reply("Done.");
        _host.Session("stranger", "/home/ann/garden").Prompt("go").Edit("1", "/home/ann/garden/c.cs").Reply("Done.");
        await _host.DigestAsync();

        var related = await _host.Muse.GetAsync<ListRelated.Response[]>($"/api/sessions/{A.SessionId("s")}/related");

        Assert.Equal(["files", "project"], related.Select(r => r.Session.NativeId));
        Assert.Equal(["changed 2 of the same files"], related[0].Reasons);
        Assert.Equal((2, 2), (related[0].SharedFiles, related[0].Files.Count));
        Assert.Equal(["same project", "within a day"], related[1].Reasons);
    }

    [Fact]
    public async Task A_branch_of_its_own_relates_and_main_does_not()
    {
        var own = _host.Session("s");
        own.Branch = "feat/lamp";
        own.Prompt("go").Reply("Done.");
        var other = _host.Session("other", hour: -200);
        other.Branch = "feat/lamp";
        other.Prompt("go").Reply("Done.");
        await _host.DigestAsync();

        var related = Assert.Single(await _host.Muse.GetAsync<ListRelated.Response[]>($"/api/sessions/{A.SessionId("s")}/related"));

        Assert.Equal(["branch feat/lamp", "same project"], related.Reasons);
    }

    [Fact]
    public async Task Files_tell_when_and_by_whom_they_were_changed()
    {
        _host.Session("s").Prompt("go").Edit("1", "/home/ann/shop/a.cs").Reply("Done.");
        new ClaudeTranscript(_host.Muse.Home, "s", DigestHost.Folder, "a1") { AtMs = DigestHost.Start.AddHours(0.5).ToUnixTimeMilliseconds() }
            .Prompt("change it").Edit("2", "/home/ann/shop/a.cs").Reply("Changed.");
        await _host.DigestAsync();

        var file = Assert.Single(await _host.Muse.GetAsync<ListFiles.Response[]>($"/api/sessions/{A.SessionId("s")}/files"));

        Assert.Equal((2, "a1", 1), (file.Edits, Assert.Single(file.Agents), file.Items.Count));
        Assert.True(file.FirstAtMs < file.LastAtMs);
    }

    [Fact]
    public async Task No_answer_reads_a_transcript_and_nothing_new_makes_nothing_anew()
    {
        _host.Session("s").Prompt("go").Edit("1", "/home/ann/shop/a.cs").Reply("Shall I?");
        await _host.DigestAsync();
        var work = _host.Muse.Services.GetRequiredService<WorkCounters>();
        var made = work["digests.made"];
        Directory.Delete(Path.Combine(_host.Muse.Home, ".claude"), recursive: true);
        var read = work["ingest.bytesRead"];

        foreach (var address in new[] { "health", "brief", "lineage", "related", "files" }.Select(w => $"/api/sessions/{A.SessionId("s")}/{w}").Append("/api/open-loops"))
        {
            using var answer = await _host.Muse.Client.GetAsync(new Uri(address, UriKind.Relative));
            answer.EnsureSuccessStatusCode();
        }

        await _host.Muse.Services.GetRequiredService<Sessions.Understanding.DigestWorker>().DigestAsync(CancellationToken.None);
        Assert.Equal((read, made), (work["ingest.bytesRead"], work["digests.made"]));
    }
}
