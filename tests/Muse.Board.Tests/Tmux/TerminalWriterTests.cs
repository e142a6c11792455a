using System.Text;
using CsCheck;
using Muse.Board.Tmux;

namespace Muse.Board.Tests.Tmux;

public sealed class TerminalWriterTests
{
    /// <summary>Text of all planes without control characters.</summary>
    private static readonly Gen<string> AnyText = Gen.OneOf(
            Gen.Int[0x20, 0x7e], Gen.Int[0xa0, 0xd7ff], Gen.Int[0xe000, 0x10ffff], Gen.Int[0x1f300, 0x1faff],
            Gen.Int[0, 10].Select(i => (int)"\"'\\$#;{~% -"[i]))
        .Array[1, 300].Select(runes => string.Concat(runes.Select(char.ConvertFromUtf32)));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Typed_text_arrives_byte_for_byte()
    {
        await using var reader = await RawReader.StartAsync(bracketed: false);

        await AnyText.SampleAsync(async text =>
        {
            await reader.Tmux.Writer.TypeAsync(reader.Pane, text, Ct);
            await reader.ArrivesAsync(Encoding.UTF8.GetBytes(text));
        }, iter: 40, threads: 1);
    }

    [Fact]
    public async Task A_paste_arrives_byte_for_byte_in_its_frame()
    {
        await using var reader = await RawReader.StartAsync(bracketed: true);

        await AnyText.SampleAsync(async text =>
        {
            await reader.Tmux.Writer.PasteAsync(reader.Pane, text, Ct);
            await reader.ArrivesAsync(Encoding.UTF8.GetBytes($"\u001b[200~{text}\u001b[201~"));
        }, iter: 40, threads: 1);
    }

    [Fact]
    public async Task The_longest_paste_arrives_and_leaves_no_buffer_behind()
    {
        await using var reader = await RawReader.StartAsync(bracketed: true);
        var text = string.Concat(Enumerable.Repeat("\"#{pid}' $HOME ;\t", TerminalWriter.LongestPasteBytes / 16))[..TerminalWriter.LongestPasteBytes];

        await reader.Tmux.Writer.PasteAsync(reader.Pane, text, Ct);

        await reader.ArrivesAsync(Encoding.UTF8.GetBytes($"\u001b[200~{text}\u001b[201~"));
        Assert.Equal("", reader.Tmux.Do(["list-buffers"]));
    }

    [Theory]
    [InlineData("a\u001b[201~b")]
    [InlineData("a\rb")]
    [InlineData("a\u0085b")]
    [InlineData("")]
    public async Task What_would_be_a_key_is_refused(string text)
    {
        await using var tmux = await PrivateTmux.StartAsync();
        var pane = tmux.Servers.Panes.Single().Id;

        await Assert.ThrowsAsync<ArgumentException>(() => tmux.Writer.TypeAsync(pane, text, Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => tmux.Writer.PasteAsync(pane, text, Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => tmux.Writer.PasteAsync(pane, new string('a', TerminalWriter.LongestPasteBytes + 1), Ct));
    }

    [Fact]
    public async Task Line_feeds_and_named_keys_arrive()
    {
        await using var reader = await RawReader.StartAsync(bracketed: false);

        await reader.Tmux.Writer.TypeAsync(reader.Pane, "a\nb", Ct);
        await reader.Tmux.Writer.PressAsync(reader.Pane, "Enter", Ct);
        await reader.Tmux.Writer.PressAsync(reader.Pane, "C-s", Ct);
        await reader.Tmux.Writer.PressAsync(reader.Pane, "Up", Ct);
        await reader.Tmux.Writer.PressAsync(reader.Pane, "3", Ct);

        await reader.ArrivesAsync(Encoding.UTF8.GetBytes("a\nb\r\u0013\u001b[A3"));
        await Assert.ThrowsAsync<ArgumentException>(() => reader.Tmux.Writer.PressAsync(reader.Pane, "-X", Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => reader.Tmux.Writer.PressAsync(reader.Pane, "a ; kill-server", Ct));
    }

    [Fact]
    public async Task Copy_mode_refuses_keys_until_it_is_left()
    {
        await using var reader = await RawReader.StartAsync(bracketed: false);
        reader.Tmux.Do(["copy-mode", "-t", reader.Pane.Pane]);

        var refused = await Assert.ThrowsAsync<TmuxException>(() => reader.Tmux.Writer.TypeAsync(reader.Pane, "x", Ct));
        await reader.Tmux.Writer.LeaveModeAsync(reader.Pane, Ct);
        await reader.Tmux.Writer.LeaveModeAsync(reader.Pane, Ct);
        await reader.Tmux.Writer.TypeAsync(reader.Pane, "y", Ct);

        Assert.Equal(TmuxFailure.PaneInMode, refused.Failure);
        await reader.ArrivesAsync("y"u8.ToArray());
    }

    [Fact]
    public async Task Copy_mode_opens_again_where_it_was()
    {
        await using var tmux = await PrivateTmux.StartAsync("sh", "-c", "seq 200; exec cat");
        var pane = tmux.Servers.Panes.Single(p => p.Id.Socket == tmux.Socket).Id;
        tmux.Do(["copy-mode", "-t", pane.Pane]);
        tmux.Do(["send-keys", "-t", pane.Pane, "-X", "-N", "7", "scroll-up"]);

        var up = await tmux.Writer.LeaveModeAsync(pane, Ct);
        var left = tmux.Do(["display-message", "-p", "-t", pane.Pane, "#{pane_in_mode}"]).Trim();
        await tmux.Writer.RestoreModeAsync(pane, up!.Value, Ct);

        Assert.Equal((7, "0"), (up, left));
        Assert.Equal("7", tmux.Do(["display-message", "-p", "-t", pane.Pane, "#{scroll_position}"]).Trim());
    }

    [Fact]
    public async Task Keys_that_would_reach_other_panes_are_refused()
    {
        await using var tmux = await PrivateTmux.StartAsync();
        var pane = tmux.Servers.Panes.Single().Id;
        tmux.Do(["split-window", "-d", "-t", "one", "cat"]);
        tmux.Do(["set-option", "-w", "-t", "one", "synchronize-panes", "on"]);

        var refused = await Assert.ThrowsAsync<TmuxException>(() => tmux.Writer.TypeAsync(pane, "x", Ct));

        Assert.Equal(TmuxFailure.PaneSynchronized, refused.Failure);
    }

    [Fact]
    public async Task Gone_and_dead_panes_are_told_apart()
    {
        await using var tmux = await PrivateTmux.StartAsync();
        tmux.Do(["set-option", "-g", "remain-on-exit", "on"]);
        var dead = tmux.Session("dead", ["true"]);
        await PrivateTmux.UntilAsync(() => tmux.Servers.Find(dead) is { Dead: true });

        var refused = await Assert.ThrowsAsync<TmuxException>(() => tmux.Writer.PasteAsync(dead, "x", Ct));
        var gone = await Assert.ThrowsAsync<TmuxException>(() => tmux.Writer.PasteAsync(dead with { Pane = "%77" }, "x", Ct));

        Assert.Equal((TmuxFailure.PaneDead, TmuxFailure.PaneGone), (refused.Failure, gone.Failure));
    }

    [Fact]
    public async Task To_a_server_that_hangs_nothing_is_typed_and_nothing_is_in_doubt()
    {
        await using var reader = await RawReader.StartAsync(bracketed: false);
        var server = reader.Tmux.Do(["display-message", "-p", "#{pid}"]).Trim();

        PrivateTmux.Shell("kill", ["-STOP", server]);
        var refused = await Assert.ThrowsAsync<TmuxException>(() => reader.Tmux.Writer.TypeAsync(reader.Pane, "x", Ct));
        PrivateTmux.Shell("kill", ["-CONT", server]);
        await PrivateTmux.UntilAsync(() => reader.Tmux.Work["tmux.connections"] == 2 && reader.Tmux.Servers.Servers.Single().State == TmuxServerState.Watched);
        await reader.Tmux.Writer.TypeAsync(reader.Pane, "y", Ct);

        Assert.Equal(TmuxFailure.Unreachable, refused.Failure);
        await reader.ArrivesAsync("y"u8.ToArray());
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("#(touch hacked) #{pid} ##[x %H $HOME; 'ä")]
    public async Task A_new_window_gets_its_arguments_folder_and_environment_unparsed(string name)
    {
        await using var tmux = await PrivateTmux.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(tmux.Folder, name)).FullName;
        var file = Path.Combine(tmux.Folder, "out");
        string[] words = ["$HOME `id` #(id)", "", "a b", "\"'\\;", "#{pid}", "ünï", "-x"];
        var what = new NewPane(
            "w1", folder, ["sh", "-c", "f=$1; shift; { pwd; printf '%s|' \"$V\" \"$@\"; } > \"$f.part\"; mv \"$f.part\" \"$f\"; exec cat", "sh", file, .. words],
            new Dictionary<string, string> { ["V"] = "#{pid} $HOME ;" });

        var pane = await tmux.Writer.OpenWindowAsync(tmux.Socket, "one", what, Ct);
        await PrivateTmux.UntilAsync(() => File.Exists(file));

        Assert.Equal($"{folder}\n#{{pid}} $HOME ;|{string.Join('|', words)}|", await File.ReadAllTextAsync(file, Ct));
        Assert.Empty(Directory.EnumerateFiles(tmux.Folder, "hacked", SearchOption.AllDirectories));
        await PrivateTmux.UntilAsync(() => tmux.Servers.Find(pane)?.Window == "w1");
        Assert.Equal("0", tmux.Do(["display-message", "-p", "-t", pane.Pane, "#{window_active}"]).Trim());
    }

    [Fact]
    public async Task A_session_is_opened_where_no_server_runs()
    {
        await using var tmux = PrivateTmux.Bare();
        await tmux.WatchAsync();
        var socket = Path.Combine(tmux.Folder, "elsewhere");

        var pane = await tmux.Writer.OpenSessionAsync(socket, new NewPane("new", tmux.Folder, ["cat"], new Dictionary<string, string>()), Ct);

        try
        {
            await PrivateTmux.UntilAsync(() => tmux.Servers.Find(pane) is { Session: "new", Command: "cat" });
        }
        finally
        {
            tmux.Do(["kill-server"], socket);
        }
    }

    /// <summary>A pane whose program keeps every byte it reads.</summary>
    private sealed class RawReader(PrivateTmux tmux, string file) : IAsyncDisposable
    {
        private int _seen;

        public PrivateTmux Tmux => tmux;

        public PaneId Pane { get; } = tmux.Servers.Panes.Single().Id;

        public static async Task<RawReader> StartAsync(bool bracketed)
        {
            var file = Path.GetTempFileName();
            var tmux = await PrivateTmux.StartAsync(
                "sh", "-c", $"stty raw -echo; printf '{(bracketed ? "\\033[?2004h" : "")}ready'; exec cat > \"$1\"", "sh", file);
            await PrivateTmux.UntilAsync(() => tmux.Servers.Capture(tmux.Servers.Panes.Single().Id, Ct).Result.Ansi.Contains("ready", StringComparison.Ordinal));
            return new RawReader(tmux, file);
        }

        public async Task ArrivesAsync(byte[] expected)
        {
            await PrivateTmux.UntilAsync(() => new FileInfo(file).Length >= _seen + expected.Length);
            var got = (await File.ReadAllBytesAsync(file, Ct))[_seen..];
            _seen += got.Length;
            Assert.Equal(expected, got);
        }

        public async ValueTask DisposeAsync()
        {
            await tmux.DisposeAsync();
            File.Delete(file);
        }
    }
}
