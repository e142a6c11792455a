using System.Text;
using Muse.Sessions.Domain;
using ZstdSharp;

namespace Muse.Sessions.Tests.Ingest;

/// <summary>Codex packs rollouts that are cold and unpacks them when they are resumed; nothing is lost and nothing counts twice.</summary>
public sealed class PackedTests : IAsyncLifetime
{
    private const string Thread = "019f0000-0000-7000-8000-000000000001";
    private readonly IngestHome _home = new();

    private string Rollout => Path.Combine(_home.Home, ".codex", "sessions", "2026", "05", "01", $"rollout-2026-05-01T08-00-00-{Thread}.jsonl");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Rollout)!);
        await _home.StartAsync();
    }

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task A_packed_rollout_is_read_as_if_it_were_plain()
    {
        Pack(Meta() + Prompt("one") + Prompt("two"));

        await _home.SweepAsync();

        Assert.Equal(["prompt:one", "prompt:two"], _home.Previews());
        Assert.Equal([$"{Thread}|2"], _home.Query("SELECT native_id, prompts FROM sessions_sessions"));
    }

    [Fact]
    public async Task Its_items_are_read_from_their_places_in_the_plain_bytes()
    {
        Pack(Meta() + Prompt("one") + Prompt("two"));
        await _home.SweepAsync();
        var place = _home.Query("SELECT \"offset\", length FROM sessions_items WHERE preview = 'two'")[0].Split('|').Select(int.Parse).ToArray();

        using var lines = TranscriptLines.Open(Rollout)!;

        Assert.Equal(Prompt("two").TrimEnd('\n'), Encoding.UTF8.GetString(lines.Line(place[0], place[1])));
        Assert.Equal((Meta() + Prompt("one") + Prompt("two")).Length, lines.Length);
    }

    [Fact]
    public async Task Packing_what_was_read_reads_no_line_again()
    {
        File.WriteAllText(Rollout, Meta() + Prompt("one") + Prompt("two"));
        await _home.SweepAsync();
        var lines = _home.Work["ingest.lines"];

        Pack(File.ReadAllText(Rollout));
        await _home.SweepAsync();
        File.Delete(Rollout);
        await _home.SweepAsync();

        Assert.Equal(lines, _home.Work["ingest.lines"]);
        Assert.Equal(["prompt:one", "prompt:two"], _home.Previews());
        Assert.Equal(["2|0"], _home.Query("SELECT prompts, missing FROM sessions_sessions"));
        Assert.Equal(["0"], _home.Query("SELECT missing FROM sessions_transcripts"));
        Assert.Equal(["1"], _home.Query("SELECT count(*) FROM sessions_generations"));
    }

    [Fact]
    public async Task A_rollout_that_is_unpacked_and_resumed_goes_on()
    {
        Pack(Meta() + Prompt("one"));
        await _home.SweepAsync();
        var lines = _home.Work["ingest.lines"];

        File.WriteAllText(Rollout, Meta() + Prompt("one") + Prompt("two"));
        File.Delete(Rollout + ".zst");
        await _home.SweepAsync();

        Assert.Equal(1, _home.Work["ingest.lines"] - lines);
        Assert.Equal(["prompt:one", "prompt:two"], _home.Previews());
    }

    [Fact]
    public async Task Of_both_the_plain_one_is_read()
    {
        File.WriteAllText(Rollout, Meta() + Prompt("one") + Prompt("two"));
        Pack(Meta() + Prompt("one"));

        await _home.SweepAsync();

        Assert.Equal(["prompt:one", "prompt:two"], _home.Previews());
        Assert.Equal(["1"], _home.Query("SELECT count(*) FROM sessions_transcripts"));
    }

    [Fact]
    public async Task A_large_one_is_unpacked_once_and_then_left_alone()
    {
        var long_ = string.Concat(Enumerable.Range(0, 60).Select(i => Prompt($"{i} {new string('x', 60_000)}")));
        Pack(Meta() + long_);
        await _home.SweepAsync();

        await _home.SweepAsync();

        Assert.Equal(60, _home.Previews().Count);
        Assert.Equal(1, _home.Work["ingest.filesUnpacked"]);
    }

    [Fact]
    public async Task After_a_restart_it_is_not_unpacked_again()
    {
        Pack(Meta() + Prompt("one"));
        await _home.SweepAsync();
        await _home.StopAsync();

        await _home.StartAsync();

        Assert.Equal(0, _home.Work["ingest.filesUnpacked"]);
        Assert.Equal(["prompt:one"], _home.Previews());
    }

    [Fact]
    public async Task A_damaged_one_keeps_nothing_else_from_being_read()
    {
        File.WriteAllBytes(Rollout + ".zst", [0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3, 4, 5, 6, 7, 8]);
        File.WriteAllText(_home.Transcript(), IngestHome.Prompt("elsewhere"));

        await _home.SweepAsync();

        Assert.Equal(["prompt:elsewhere"], _home.Previews());
    }

    [Fact]
    public async Task The_next_window_of_a_thread_counts_only_what_it_adds()
    {
        File.WriteAllText(Rollout, Meta() + Prompt("one") + Count(total: 1000, last: 1000));
        File.WriteAllText(Rollout.Replace(".jsonl", "_w2.jsonl", StringComparison.Ordinal), Meta() + Prompt("two") + Count(total: 1300, last: 300) + Count(total: 1350, last: 50));

        await _home.SweepAsync();

        Assert.Equal([Thread], _home.Query("SELECT native_id FROM sessions_sessions"));
        Assert.Equal(
            ["1000", "300", "50"],
            _home.Query("SELECT json_extract(u.value, '$.inputTokens') FROM muse_journal j, json_each(CAST(j.payload AS TEXT), '$.usage') u ORDER BY 0 + json_extract(u.value, '$.atMs'), j.seq, u.key"));
    }

    [Fact]
    public async Task A_rollout_that_is_archived_counts_once()
    {
        File.WriteAllText(Rollout, Meta() + Prompt("one") + Prompt("two"));
        await _home.SweepAsync();
        var archive = Directory.CreateDirectory(Path.Combine(_home.Home, ".codex", "archived_sessions"));

        File.Move(Rollout, Path.Combine(archive.FullName, Path.GetFileName(Rollout)));
        await _home.SweepAsync();

        Assert.Equal(["2|0"], _home.Query("SELECT prompts, missing FROM sessions_sessions"));
    }

    private void Pack(string text)
    {
        using var packing = new CompressionStream(new FileStream(Rollout + ".zst", FileMode.Create), leaveOpen: false);
        packing.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Meta() =>
        $$$"""{"timestamp":"2026-05-01T08:00:00.000Z","type":"session_meta","payload":{"id":"{{{Thread}}}","timestamp":"2026-05-01T08:00:00.000Z","cwd":"/home/me/app","cli_version":"0.160.0"}}""" + "\n";

    private static string Prompt(string text) =>
        $$$"""{"timestamp":"2026-05-01T08:00:01.000Z","type":"event_msg","payload":{"type":"user_message","message":"{{{text}}}","images":[]}}""" + "\n";

    private static string Count(int total, int last) =>
        $$$$"""{"timestamp":"2026-05-01T08:00:{{{{total / 50}}}}.000Z","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":{{{{total}}}},"output_tokens":0},"last_token_usage":{"input_tokens":{{{{last}}}},"output_tokens":0} } } }""" + "\n";
}
