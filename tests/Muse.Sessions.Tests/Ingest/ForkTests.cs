namespace Muse.Sessions.Tests.Ingest;

/// <summary>Claude Code's forks copy their parent's records into a new file: they are shown as inherited, linked, and count once.</summary>
public sealed class ForkTests : IAsyncLifetime
{
    private const string Parent = "aaaaaaaa-0000-4000-8000-000000000001";
    private const string Fork = "bbbbbbbb-0000-4000-8000-000000000002";
    private const string Second = "cccccccc-0000-4000-8000-000000000003";
    private static readonly string[] Chain = [Prompt("p1", "plant a tree"), Reply("r1", "An oak?"), Prompt("p2", "an elm"), Reply("r2", "Planted.")];
    private readonly IngestHome _home = new();

    public async ValueTask InitializeAsync() => await _home.StartAsync();

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task A_fork_shows_what_it_copied_as_inherited()
    {
        WriteParent();
        Write(Fork, [Mode, .. Chain, Prompt("p3", "and water it"), Reply("r3", "Watered.")]);

        await _home.SweepAsync();

        Assert.Equal(
            ["prompt|plant a tree|32", "reply|An oak?|32", "prompt|an elm|32", "reply|Planted.|32", "mark|Forked: from here on it is a session of its own|0", "prompt|and water it|0", "reply|Watered.|0"],
            ItemsOf(Fork));
        Assert.All(ItemsOf(Parent), item => Assert.EndsWith("|0", item));
    }

    [Fact]
    public async Task It_is_linked_to_its_parent_and_has_figures_and_a_title_of_its_own()
    {
        WriteParent();
        Write(Fork, [Mode, .. Chain, Prompt("p3", "and water it"), Reply("r3", "Watered.")]);

        await _home.SweepAsync();

        Assert.Equal(
            [$"{Parent}||plant a tree|2|2", $"{Fork}|{Parent}|and water it|1|1"],
            _home.Query("SELECT native_id, parent_native_id, title, prompts, replies FROM sessions_sessions ORDER BY native_id"));
        Assert.Equal(
            ["r1|", "r1|1", "r2|", "r2|1", "r3|"],
            _home.Query("SELECT substr(json_extract(u.value, '$.identity'), 8), json_extract(u.value, '$.inherited') FROM muse_journal j, json_each(CAST(j.payload AS TEXT), '$.usage') u ORDER BY 1, 2"));
    }

    [Fact]
    public async Task It_stays_a_fork_when_it_and_its_parent_go_on()
    {
        WriteParent();
        Write(Fork, [Mode, .. Chain]);
        await _home.SweepAsync();
        await _home.StopAsync();

        IngestHome.Append(_home.Transcript(Fork), Prompt("p3", "and water it") + Reply("r3", "Watered."));
        IngestHome.Append(_home.Transcript(Parent), Prompt("p4", "cut it down"));
        await _home.StartAsync();

        Assert.Equal(["mark|Forked: from here on it is a session of its own|0", "prompt|and water it|0", "reply|Watered.|0"], ItemsOf(Fork)[4..]);
        Assert.Equal(["3", "1"], _home.Query("SELECT prompts FROM sessions_sessions ORDER BY native_id"));
    }

    [Fact]
    public async Task A_fork_of_a_fork_comes_from_the_one_it_shares_most_with()
    {
        WriteParent();
        Write(Fork, [Mode, .. Chain, Prompt("p3", "and water it"), Mode, Reply("r3", "Watered.")]);
        Write(Second, [Mode, .. Chain, Prompt("p3", "and water it"), Reply("r3", "Watered."), Prompt("p5", "again")]);

        await _home.SweepAsync();

        Assert.Equal(["", Parent, Fork], _home.Query("SELECT parent_native_id FROM sessions_sessions ORDER BY native_id"));
        Assert.Equal(["2", "1", "1"], _home.Query("SELECT prompts FROM sessions_sessions ORDER BY native_id"));
    }

    [Fact]
    public async Task Where_nobody_can_tell_who_copied_whom_nothing_is_claimed()
    {
        Write(Parent, Chain);
        Write(Fork, [.. Chain, Prompt("p3", "and water it")]);

        await _home.SweepAsync();

        Assert.Equal(["", ""], _home.Query("SELECT parent_native_id FROM sessions_sessions"));
        Assert.DoesNotContain("prompt|plant a tree|32", ItemsOf(Fork));
    }

    [Fact]
    public async Task A_session_continued_by_1_0_is_linked_to_the_one_its_first_records_name()
    {
        Write(Parent, Chain);
        Write(Fork, [Prompt("p1", "plant a tree").Replace("{\"type\"", $"{{\"sessionId\":\"{Parent}\",\"type\"", StringComparison.Ordinal), Reply("r9", "Again.")]);

        await _home.SweepAsync();

        Assert.Equal(["", Parent], _home.Query("SELECT parent_native_id FROM sessions_sessions ORDER BY native_id"));
    }

    private void WriteParent() => Write(Parent, [Mode, Chain[0], Mode, Chain[1], Mode, Chain[2], Chain[3], Mode]);

    private void Write(string session, IEnumerable<string> lines) => File.WriteAllText(_home.Transcript(session), string.Concat(lines));

    private List<string> ItemsOf(string session) => _home.Query(
        $"SELECT i.kind, i.preview, i.flags FROM sessions_items i JOIN sessions_transcripts t ON i.\"key\" >> 28 = t.generation WHERE t.path LIKE '%{session}%' ORDER BY i.\"key\"");

    private const string Mode = "{\"type\":\"mode\",\"mode\":\"normal\"}\n";

    private static string Prompt(string uuid, string text) =>
        $$$"""{"type":"user","uuid":"{{{uuid}}}","message":{"role":"user","content":"{{{text}}}"},"timestamp":"2026-11-01T10:00:00.000Z","cwd":"/home/dev/app","version":"2.1.330"}""" + "\n";

    private static string Reply(string id, string text) =>
        $$$"""{"type":"assistant","uuid":"u{{{id}}}","message":{"id":"{{{id}}}","role":"assistant","model":"claude-opus-5","content":[{"type":"text","text":"{{{text}}}"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":2} },"timestamp":"2026-11-01T10:00:01.000Z"}""" + "\n";
}
