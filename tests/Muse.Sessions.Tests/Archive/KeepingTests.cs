using Muse.Sessions.Archive;
using Muse.Testing;
using ZstdSharp;

namespace Muse.Sessions.Tests.Archive;

/// <summary>What is taken into the archive, when, and what a run does not do twice.</summary>
public sealed class KeepingTests : IAsyncLifetime
{
    private readonly KeptHome _home = new();
    private ClaudeTranscript _transcript = null!;

    public ValueTask InitializeAsync()
    {
        _transcript = new ClaudeTranscript(_home.Host.Home, "11111111-0000-4000-8000-000000000000", "/home/ann/shop", null) { AtMs = 1_770_000_000_000 };
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task A_run_with_nothing_new_reads_no_byte_and_writes_no_row()
    {
        _home.Write(9);
        await _home.SettleAndKeepAsync();
        var (read, written) = (_home.Work["archive.bytesRead"], _home.Work["archive.rowsWritten"]);
        Assert.True(read > 0 && written > 0);

        await _home.Host.SettleAsync();
        await _home.KeepAsync();
        await _home.KeepAsync();

        Assert.Equal((read, written), (_home.Work["archive.bytesRead"], _home.Work["archive.rowsWritten"]));
        Assert.Equal(("idle", 0), (_home.Archiver.Run.State, _home.Archiver.Run.FilesLeft));
    }

    [Fact]
    public async Task Only_what_was_appended_is_read_again()
    {
        _transcript.Prompt("one").Reply(new string('x', 2_000_000));
        await _home.SettleAndKeepAsync();
        var read = _home.Work["archive.bytesRead"];
        var length = new FileInfo(_transcript.Path).Length;

        _transcript.Prompt("two");
        await _home.SettleAndKeepAsync();

        Assert.Equal(new FileInfo(_transcript.Path).Length - length, _home.Work["archive.bytesRead"] - read);
        await AssertKeptAsync();
    }

    [Fact]
    public async Task A_transcript_that_is_being_written_to_is_left_alone()
    {
        _transcript.Prompt("one");
        await _home.Host.SettleAsync();

        await _home.KeepAsync();

        Assert.Empty(_home.Store.All());
        Assert.Equal(0, _home.Work["archive.bytesRead"]);
    }

    [Fact]
    public async Task The_last_line_without_its_newline_is_kept_too()
    {
        _transcript.Prompt("one");
        await File.AppendAllTextAsync(_transcript.Path, "{\"type\":\"user\",\"half", TestContext.Current.CancellationToken);
        await _home.SettleAndKeepAsync();

        await AssertKeptAsync();
    }

    [Fact]
    public async Task A_file_that_was_rewritten_is_kept_beside_what_was_there()
    {
        _transcript.Prompt("one").Reply("the first life");
        await _home.SettleAndKeepAsync();
        var first = await File.ReadAllBytesAsync(_transcript.Path, TestContext.Current.CancellationToken);

        File.Delete(_transcript.Path);
        _transcript.Prompt("another").Reply("the second life").Reply("goes on");
        await _home.SettleAndKeepAsync();

        await AssertKeptAsync();
        var kept = _home.Store.OfPath(_transcript.Path);
        Assert.Equal(2, kept.Count);
        Assert.Equal(first, Bytes(kept[1]));
    }

    [Fact]
    public async Task Of_a_document_that_is_rewritten_whole_only_the_last_is_kept()
    {
        var path = Path.Combine(_home.Host.Home, ".gemini", "tmp", "bells", "chats", "session-2026-05-18T07-00-aaaa.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        foreach (var text in new[] { "ring", "ring twice" })
        {
            await File.WriteAllTextAsync(path, $$"""{"sessionId":"aaaa","messages":[{"id":"u","timestamp":"2026-05-18T07:00:00Z","type":"user","content":"{{text}}"}]}""", TestContext.Current.CancellationToken);
            await _home.SettleAndKeepAsync();
        }

        var kept = Assert.Single(_home.Store.OfPath(path));
        Assert.Equal(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), Bytes(kept));
        Assert.Single(Directory.EnumerateFiles(_home.Archive.Folder));
    }

    [Fact]
    public async Task A_newer_reader_makes_nothing_be_kept_again()
    {
        _transcript.Prompt("one").Reply("two");
        await _home.SettleAndKeepAsync();
        var read = _home.Work["archive.bytesRead"];

        _home.Query("UPDATE sessions_generations SET reader_version = 0");
        await _home.Host.RestartAsync();
        await _home.Host.SettleAsync();
        await _home.KeepAsync();

        Assert.Equal(0, _home.Work["archive.bytesRead"]);
        Assert.True(read > 0);
        Assert.Equal(_home.Query("SELECT generation FROM sessions_transcripts"), _home.Query("SELECT generation FROM sessions_kept_files"));
    }

    [Fact]
    public async Task A_range_is_read_by_unpacking_only_the_frames_that_hold_it()
    {
        for (var i = 0; i < 40; i++)
        {
            _transcript.Prompt($"{i} {new string((char)('a' + (i % 26)), 100_000)}");
        }

        await _home.SettleAndKeepAsync();
        var kept = Assert.Single(_home.Store.All());
        var frames = _home.Store.Frames(kept.Id);
        Assert.InRange(frames.Count, 8, 9);
        var whole = await File.ReadAllBytesAsync(_transcript.Path, TestContext.Current.CancellationToken);

        // All other frames are made unreadable: who needs them would get nothing.
        var position = frames[4].Position;
        using (var file = File.OpenHandle(_home.Archive.PathOf(kept), FileMode.Open, FileAccess.Write))
        {
            foreach (var frame in frames.Where(f => f.Position != position))
            {
                RandomAccess.Write(file, new byte[frame.StoredBytes], frame.Position);
            }
        }

        using var bytes = _home.Archive.Open(kept)!;
        var buffer = new byte[1000];
        Assert.Equal(1000, bytes.Read(frames[4].Offset + 17, buffer));
        Assert.Equal(whole.AsSpan((int)frames[4].Offset + 17, 1000), buffer.AsSpan());
        Assert.Equal(0, bytes.Read(frames[3].Offset, buffer));
    }

    [Fact]
    public async Task A_file_of_frames_is_unpacked_by_any_program_for_zstandard()
    {
        _transcript.Prompt("one").Reply(new string('x', 2_000_000)).Prompt("two");
        await _home.SettleAndKeepAsync();

        using var unpacked = new MemoryStream();
        await using var packed = new DecompressionStream(File.OpenRead(_home.Archive.PathOf(Assert.Single(_home.Store.All()))), leaveOpen: false);
        await packed.CopyToAsync(unpacked, TestContext.Current.CancellationToken);

        Assert.Equal(await File.ReadAllBytesAsync(_transcript.Path, TestContext.Current.CancellationToken), unpacked.ToArray());
    }

    [Fact]
    public async Task What_a_killed_run_left_behind_the_last_committed_frame_is_cut_off()
    {
        _transcript.Prompt("one");
        await _home.SettleAndKeepAsync();
        var path = _home.Archive.PathOf(Assert.Single(_home.Store.All()));
        await File.AppendAllTextAsync(path, "half a frame", TestContext.Current.CancellationToken);

        _transcript.Prompt("two");
        await _home.SettleAndKeepAsync();

        await AssertKeptAsync();
        Assert.Equal(Assert.Single(_home.Store.All()).StoredBytes, new FileInfo(path).Length);
    }

    [Fact]
    public async Task Frames_whose_rows_were_never_committed_are_taken_over_up_to_the_last_whole_one()
    {
        _transcript.Prompt("one").Reply(new string('x', 1_200_000));
        await _home.SettleAndKeepAsync();
        var kept = Assert.Single(_home.Store.All());
        var frames = _home.Store.Frames(kept.Id);
        _home.Query("DELETE FROM sessions_kept_frames");
        _home.Query("DELETE FROM sessions_kept_files");
        await using (var file = File.OpenWrite(_home.Archive.PathOf(kept)))
        {
            file.SetLength(frames[^1].Position + 10);
        }

        await File.WriteAllTextAsync(Path.Combine(_home.Archive.Folder, "nothing.zst"), "no head", TestContext.Current.CancellationToken);
        await _home.Host.RestartAsync();
        await _home.Host.SettleAsync();
        await _home.KeepAsync();

        await AssertKeptAsync();
        Assert.Equal(new FileInfo(_transcript.Path).Length - frames[^1].Offset, _home.Work["archive.bytesRead"]);
        Assert.Single(Directory.EnumerateFiles(_home.Archive.Folder));
    }

    private byte[] Bytes(KeptFile kept)
    {
        using var bytes = _home.Archive.Open(kept)!;
        var all = new byte[bytes.Length];
        Assert.Equal(all.Length, bytes.Read(0, all));
        return all;
    }

    private async Task AssertKeptAsync()
    {
        var generation = long.Parse(_home.Query("SELECT generation FROM sessions_transcripts")[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(await File.ReadAllBytesAsync(_transcript.Path, TestContext.Current.CancellationToken), Bytes(_home.Archive.Find(generation)!));
    }
}
