using System.Text;

namespace Muse.Sessions.Tests.Ingest;

/// <summary>Files grow, shrink, are replaced, rewritten, half written and broken; nothing is lost and nothing counts twice.</summary>
public sealed class GrowthTests : IAsyncLifetime
{
    private readonly IngestHome _home = new();

    public async ValueTask InitializeAsync()
    {
        File.WriteAllText(_home.Transcript(), IngestHome.Prompt("one") + IngestHome.Prompt("two"));
        await _home.StartAsync();
    }

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public void What_is_there_at_the_start_is_read()
    {
        Assert.Equal(["prompt:one", "prompt:two"], _home.Previews());
        Assert.Equal(["one|/home/dev/app|2|2"], _home.Query("SELECT title, project_path, prompts, items FROM sessions_sessions"));
    }

    [Fact]
    public async Task A_second_sweep_with_nothing_new_reads_no_byte_and_writes_no_row()
    {
        await _home.SweepAsync();
        var (read, written, heads) = (_home.Work["ingest.bytesRead"], _home.Work["ingest.rowsWritten"], _home.Work["ingest.headBytesRead"]);

        await _home.SweepAsync();

        Assert.Equal(read, _home.Work["ingest.bytesRead"]);
        Assert.Equal(written, _home.Work["ingest.rowsWritten"]);
        Assert.Equal(heads, _home.Work["ingest.headBytesRead"]);
    }

    [Fact]
    public async Task After_a_restart_nothing_is_read_again()
    {
        await _home.StopAsync();

        await _home.StartAsync();

        Assert.Equal(0, _home.Work["ingest.bytesRead"]);
        Assert.Equal(0, _home.Work["ingest.rowsWritten"]);
        Assert.Equal(2, _home.Previews().Count);
    }

    [Fact]
    public async Task An_appended_line_costs_that_line()
    {
        var line = IngestHome.Prompt("three");
        var (read, lines) = (_home.Work["ingest.bytesRead"], _home.Work["ingest.lines"]);
        var before = _home.Work["ingest.rowsWritten"];

        IngestHome.Append(_home.Transcript(), line);
        await _home.SweepAsync();

        Assert.Equal(line.Length, _home.Work["ingest.bytesRead"] - read);
        Assert.Equal(1, _home.Work["ingest.lines"] - lines);
        Assert.Equal(4, _home.Work["ingest.rowsWritten"] - before);
        Assert.Equal(["prompt:one", "prompt:two", "prompt:three"], _home.Previews());
    }

    [Fact]
    public async Task A_line_without_its_newline_waits()
    {
        var line = IngestHome.Prompt("three");
        IngestHome.Append(_home.Transcript(), line[..20]);
        await _home.SweepAsync();
        Assert.Equal(2, _home.Previews().Count);

        IngestHome.Append(_home.Transcript(), line[20..]);
        await _home.SweepAsync();

        Assert.Equal(["prompt:one", "prompt:two", "prompt:three"], _home.Previews());
    }

    [Fact]
    public async Task A_last_line_without_its_newline_is_read_when_nobody_writes_any_more()
    {
        IngestHome.Append(_home.Transcript(), IngestHome.Prompt("three").TrimEnd('\n'));
        await _home.SweepAsync();
        Assert.Equal(2, _home.Previews().Count);

        File.SetLastWriteTimeUtc(_home.Transcript(), TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-2));
        await _home.SweepAsync();
        await _home.SweepAsync();
        Assert.Equal(["prompt:one", "prompt:two", "prompt:three"], _home.Previews());

        IngestHome.Append(_home.Transcript(), "\n" + IngestHome.Prompt("four"));
        await _home.SweepAsync();
        Assert.Equal(["prompt:one", "prompt:two", "prompt:three", "prompt:four"], _home.Previews());
        Assert.Equal(["4|0|0"], _home.Query("SELECT item_lines, blank_lines, malformed_lines FROM sessions_generations"));
    }

    [Fact]
    public async Task Half_a_line_is_not_read_however_long_nobody_writes()
    {
        IngestHome.Append(_home.Transcript(), IngestHome.Prompt("three")[..^3]);
        File.SetLastWriteTimeUtc(_home.Transcript(), TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-2));
        await _home.SweepAsync();

        Assert.Equal(["2|0"], _home.Query("SELECT item_lines, malformed_lines FROM sessions_generations"));
    }

    [Fact]
    public async Task A_session_first_seen_with_half_a_line_is_dated_by_its_records()
    {
        const string session = "22222222-2222-4222-8222-222222222222";
        var line = IngestHome.Prompt("late");
        IngestHome.Append(_home.Transcript(session), line[..20]);
        await _home.SweepAsync();
        IngestHome.Append(_home.Transcript(session), line[20..]);
        await _home.SweepAsync();

        Assert.Equal(["1793527200000"], _home.Query("SELECT last_at_ms FROM sessions_sessions WHERE title = 'late'"));
    }

    [Fact]
    public async Task A_half_line_that_is_taken_back_was_never_there()
    {
        var size = new FileInfo(_home.Transcript()).Length;
        IngestHome.Append(_home.Transcript(), "{\"type\":\"user\",\"mess");
        await _home.SweepAsync();

        using (var file = File.OpenWrite(_home.Transcript()))
        {
            file.SetLength(size);
        }

        IngestHome.Append(_home.Transcript(), IngestHome.Prompt("three"));
        await _home.SweepAsync();

        Assert.Equal(["prompt:one", "prompt:two", "prompt:three"], _home.Previews());
        Assert.Equal(["1"], _home.Query("SELECT count(*) FROM sessions_generations"));
    }

    [Fact]
    public async Task A_truncated_file_starts_a_new_generation_and_keeps_the_old_one()
    {
        File.WriteAllText(_home.Transcript(), IngestHome.Prompt("new"));
        await _home.SweepAsync();

        Assert.Equal(["prompt:new"], _home.Previews());
        Assert.Equal(["1", "0"], _home.Query("SELECT superseded FROM sessions_generations ORDER BY id"));
        Assert.Equal(["3"], _home.Query("SELECT count(*) FROM sessions_items"));
        Assert.Equal(["1|1"], _home.Query("SELECT prompts, items FROM sessions_sessions"));
    }

    [Fact]
    public async Task A_longer_file_with_another_beginning_is_a_new_generation()
    {
        File.WriteAllText(_home.Transcript(), IngestHome.Prompt("other") + IngestHome.Prompt("words") + IngestHome.Prompt("and more of them"));
        await _home.SweepAsync();

        Assert.Equal(["prompt:other", "prompt:words", "prompt:and more of them"], _home.Previews());
    }

    [Fact]
    public async Task A_file_rewritten_in_place_at_the_same_length_is_noticed()
    {
        var text = File.ReadAllText(_home.Transcript()).Replace("\"one\"", "\"eno\"", StringComparison.Ordinal);
        File.WriteAllText(_home.Transcript(), text);
        File.SetLastWriteTimeUtc(_home.Transcript(), new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await _home.SweepAsync();

        Assert.Equal(["prompt:eno", "prompt:two"], _home.Previews());
    }

    [Fact]
    public async Task A_file_that_was_only_touched_is_not_read_again()
    {
        var lines = _home.Work["ingest.lines"];
        File.SetLastWriteTimeUtc(_home.Transcript(), new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await _home.SweepAsync();

        Assert.Equal(lines, _home.Work["ingest.lines"]);
        Assert.Equal(["1"], _home.Query("SELECT count(*) FROM sessions_generations"));
    }

    [Fact]
    public async Task The_same_bytes_under_another_inode_go_on_where_they_were()
    {
        var copy = _home.Transcript() + ".copy";
        File.Copy(_home.Transcript(), copy);
        IngestHome.Append(copy, IngestHome.Prompt("three"));
        File.Move(copy, _home.Transcript(), overwrite: true);
        var lines = _home.Work["ingest.lines"];
        await _home.SweepAsync();

        Assert.Equal(1, _home.Work["ingest.lines"] - lines);
        Assert.Equal(["prompt:one", "prompt:two", "prompt:three"], _home.Previews());
    }

    [Fact]
    public async Task Broken_bytes_become_items_and_the_rest_is_read()
    {
        using (var file = new FileStream(_home.Transcript(), FileMode.Append))
        {
            file.Write([0xff, 0xfe, (byte)'{', 0x80, (byte)'\n']);
            file.Write(Encoding.UTF8.GetBytes(IngestHome.Prompt("lone \\ud83d end")));
            file.Write("[1,2]\n\n"u8);
            file.Write(Encoding.UTF8.GetBytes("{\"type\":\"from-the-future\",\"version\":\"9.9\"}\n"));
        }

        await _home.SweepAsync();

        Assert.Equal(
            ["malformed", "prompt", "malformed", "unknown"],
            _home.Previews().Skip(2).Select(p => p[..p.IndexOf(':', StringComparison.Ordinal)]));
        Assert.Equal(["1|2|1"], _home.Query("SELECT unknown_lines, malformed_lines, blank_lines FROM sessions_generations"));
        Assert.Equal(["from-the-future|1"], _home.Query("SELECT type, count FROM sessions_unknown_types"));
    }

    [Fact]
    public async Task A_line_of_a_hundred_megabytes_is_one_item()
    {
        const string opening = "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"";
        using (var file = new StreamWriter(_home.Transcript(), append: true, new UTF8Encoding(false)))
        {
            file.Write(opening);
            for (var i = 0; i < 100; i++)
            {
                file.Write(new string('x', 1 << 20));
            }

            file.Write("\"}}\n");
            file.Write(IngestHome.Prompt("after"));
        }

        await _home.SweepAsync();

        Assert.Equal(4, _home.Previews().Count);
        Assert.Equal("prompt:after", _home.Previews()[3]);
        Assert.Equal([$"{opening.Length + (100 << 20) + 3}"], _home.Query("SELECT max(length) FROM sessions_items"));
    }

    [Fact]
    public async Task A_folder_that_appears_is_read_and_one_that_vanishes_is_kept()
    {
        var other = Path.Combine(Path.GetDirectoryName(_home.Project)!, "-home-dev-other");
        Directory.CreateDirectory(other);
        File.WriteAllText(Path.Combine(other, "22222222-2222-4222-8222-222222222222.jsonl"), IngestHome.Prompt("elsewhere"));
        await _home.SweepAsync();
        Assert.Contains("prompt:elsewhere", _home.Previews());

        Directory.Delete(other, recursive: true);
        await _home.SweepAsync();

        Assert.Contains("prompt:elsewhere", _home.Previews());
        Assert.Equal(["one|0", "elsewhere|1"], _home.Query("SELECT title, missing FROM sessions_sessions ORDER BY native_id"));
    }

    [Fact]
    public async Task A_folder_that_comes_back_unchanged_is_no_longer_missing()
    {
        Directory.Move(_home.Project, _home.Home + ".away");
        await _home.SweepAsync();
        Assert.Equal(["1"], _home.Query("SELECT missing FROM sessions_sessions"));
        var read = _home.Work["ingest.bytesRead"];

        Directory.Move(_home.Home + ".away", _home.Project);
        await _home.SweepAsync();

        Assert.Equal(["0"], _home.Query("SELECT missing FROM sessions_sessions"));
        Assert.Equal(read, _home.Work["ingest.bytesRead"]);
    }

    [Fact]
    public async Task A_link_to_a_folder_is_followed_once()
    {
        Directory.CreateSymbolicLink(Path.Combine(_home.Home, ".claude", "projects", "-linked"), _home.Project);
        await _home.SweepAsync();

        Assert.Equal(["1"], _home.Query("SELECT count(*) FROM sessions_transcripts"));
    }
}
