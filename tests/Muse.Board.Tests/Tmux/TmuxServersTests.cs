using System.Diagnostics;
using Muse.Board.Tmux;

namespace Muse.Board.Tests.Tmux;

public sealed class TmuxServersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Panes_of_every_session_and_server_are_there()
    {
        await using var tmux = await PrivateTmux.StartAsync();
        var two = tmux.Session("two", ["cat"]);
        tmux.Do(["split-window", "-d", "-t", "one", "cat"]);
        var other = tmux.Session("else", ["cat"], Path.Combine(Path.GetDirectoryName(tmux.Socket)!, "work"));

        await PrivateTmux.UntilAsync(() => tmux.Servers.Panes.Count == 4 && tmux.Pane(two).Command == "cat");
        var pane = tmux.Pane(two);
        Assert.Equal(("two", "two:0.0", 100, 30, false, false), (pane.Session, pane.Place, pane.Columns, pane.Rows, pane.Dead, pane.InMode));
        Assert.Equal("else", tmux.Pane(other).Session);
    }

    [Fact]
    public async Task A_title_in_another_session_is_told_within_two_seconds_and_without_a_process()
    {
        await using var tmux = await PrivateTmux.StartAsync();
        var two = tmux.Session("two", ["cat"]);
        await PrivateTmux.UntilAsync(() => tmux.Servers.Panes.Count == 2);
        var started = tmux.Work["tmux.processesStarted"];
        var since = Stopwatch.StartNew();

        tmux.Do(["select-pane", "-t", two.Pane, "-T", "✋  Action Required (folder)"]);
        await PrivateTmux.UntilAsync(() => tmux.Pane(two).Title == "✋  Action Required (folder)");

        Assert.True(since.Elapsed < TimeSpan.FromSeconds(2), $"It took {since.ElapsedMilliseconds} ms.");
        Assert.Equal(started, tmux.Work["tmux.processesStarted"]);
    }

    [Fact]
    public async Task A_title_is_words_and_nothing_else()
    {
        await using var tmux = await PrivateTmux.StartAsync("sh", "-c", "printf '\\033]2;a #{pid} \u202e\u200b#(id) 漢\\007'; exec cat");

        await PrivateTmux.UntilAsync(() => tmux.Servers.Panes.Single().Title == "a #{pid} #(id) 漢");
    }

    [Fact]
    public async Task A_folder_with_line_ends_and_formats_in_its_name_arrives_as_it_is()
    {
        await using var tmux = await PrivateTmux.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(tmux.Folder, "a\n%end 1 2 1\n#{pid} ä")).FullName;
        var pane = tmux.Session("odd", [$"--chdir={folder}", "sleep", "1000"]);

        await PrivateTmux.UntilAsync(() => tmux.Servers.Find(pane)?.CurrentPath == folder);
    }

    [Fact]
    public async Task Copy_mode_is_seen_at_once()
    {
        await using var tmux = await PrivateTmux.StartAsync();
        var pane = tmux.Servers.Panes.Single().Id;

        tmux.Do(["copy-mode", "-t", pane.Pane]);

        await PrivateTmux.UntilAsync(() => tmux.Pane(pane).InMode);
    }

    [Fact]
    public async Task A_capture_shows_the_screen_and_a_gone_pane_is_an_error()
    {
        await using var tmux = await PrivateTmux.StartAsync("sh", "-c", "printf '\\033[31mred\\033[0m'; exec cat");
        var pane = tmux.Servers.Panes.Single().Id;

        await PrivateTmux.UntilAsync(() => tmux.Servers.Capture(pane, Ct).Result.Ansi.Contains("\u001b[31mred", StringComparison.Ordinal));
        var capture = await tmux.Servers.Capture(pane, Ct);
        var gone = await Assert.ThrowsAsync<TmuxException>(() => tmux.Servers.Capture(pane with { Pane = "%99" }, Ct));
        var injected = await Assert.ThrowsAsync<TmuxException>(() => tmux.Servers.Capture(pane with { Pane = "%0 ; kill-server" }, Ct));

        Assert.Equal((100, 30, "cat"), (capture.Columns, capture.Rows, capture.Command));
        Assert.Equal((TmuxFailure.PaneGone, TmuxFailure.PaneGone), (gone.Failure, injected.Failure));
    }

    [Fact]
    public async Task The_persons_sizes_environment_and_sessions_stay_as_they_are()
    {
        await using var tmux = PrivateTmux.Bare();
        tmux.Session("one", ["cat"]);
        tmux.Do(["set-environment", "-t", "one", "DISPLAY", ":7"]);
        tmux.Session("two", ["cat"]);

        await tmux.WatchAsync();
        await tmux.WatchedAsync();

        Assert.Equal("DISPLAY=:7\n", tmux.Do(["show-environment", "-t", "one", "DISPLAY"]));
        Assert.Equal("one 100x30\ntwo 100x30\n", tmux.Do(["list-windows", "-a", "-F", "#{session_name} #{window_width}x#{window_height}"]));

        // The one that was used last is left to the person's next "tmux attach".
        Assert.Equal("one 1\ntwo 0\n", tmux.Do(["list-sessions", "-F", "#{session_name} #{session_attached}"]));
    }

    [Fact]
    public async Task A_killed_session_takes_only_its_own_panes()
    {
        await using var tmux = PrivateTmux.Bare();
        var one = tmux.Session("one", ["cat"]);
        var two = tmux.Session("two", ["cat"]);
        await tmux.WatchAsync();
        await tmux.WatchedAsync();

        tmux.Do(["kill-session", "-t", "one"]);
        await PrivateTmux.UntilAsync(() => tmux.Servers.Find(one) is null);

        Assert.NotNull(tmux.Servers.Find(two));
        await PrivateTmux.UntilAsync(() => tmux.Work["tmux.connections"] == 2);
        Assert.NotNull(tmux.Servers.Find(two));
    }

    [Fact]
    public async Task A_server_may_die_and_come_back()
    {
        await using var tmux = await PrivateTmux.StartAsync();
        var pid = tmux.Servers.Panes.Single().Pid;

        tmux.Do(["kill-server"]);
        await PrivateTmux.UntilAsync(() => tmux.Servers.Panes.Count == 0);
        tmux.Session("again", ["cat"]);
        await PrivateTmux.UntilAsync(() => tmux.Servers.Panes.Count == 1);

        Assert.NotEqual(pid, tmux.Servers.Panes.Single().Pid);
    }

    [Fact]
    public async Task A_server_whose_sessions_come_and_go_is_left_in_peace_until_they_rest()
    {
        await using var tmux = PrivateTmux.Bare();
        var first = tmux.Session("s0", ["cat"]);
        await tmux.WatchAsync();
        foreach (var i in Enumerable.Range(1, 20))
        {
            tmux.Session($"s{i}", ["cat"]);
            await PrivateTmux.UntilAsync(() => tmux.Servers.Panes.Count > 0);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ct);
        }

        Assert.Equal(0, tmux.Work["tmux.connections"]);
        await PrivateTmux.UntilAsync(() => tmux.Servers.Panes.Count == 21 && tmux.Work["tmux.connections"] == 1);
        Assert.NotNull(tmux.Servers.Find(first));
    }

    [Fact]
    public async Task A_name_left_over_from_a_dead_server_is_reported_and_starts_nothing()
    {
        await using var tmux = PrivateTmux.Bare();
        tmux.Session("one", ["cat"]);
        PrivateTmux.Shell("kill", ["-KILL", tmux.Do(["display-message", "-p", "#{pid}"]).Trim()]);
        await PrivateTmux.UntilAsync(() => !TmuxServer.IsListening(tmux.Socket));
        await tmux.WatchAsync();
        await PrivateTmux.UntilAsync(() => tmux.Servers.Servers.Count == 1);

        var status = tmux.Servers.Servers.Single();
        Assert.Equal(TmuxServerState.Unreachable, status.State);
        Assert.NotNull(status.Reason);
        Assert.Equal(1, tmux.Work["tmux.processesStarted"]);
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up_and_found_again()
    {
        await using var tmux = await PrivateTmux.StartAsync();
        var pane = tmux.Servers.Panes.Single().Id;
        var server = tmux.Do(["display-message", "-p", "#{pid}"]).Trim();

        PrivateTmux.Shell("kill", ["-STOP", server]);
        var hung = await Assert.ThrowsAsync<TmuxException>(() => tmux.Servers.Capture(pane, Ct));
        PrivateTmux.Shell("kill", ["-CONT", server]);

        Assert.Equal(TmuxFailure.Unconfirmed, hung.Failure);
        await PrivateTmux.UntilAsync(() => tmux.Servers.Servers.Single().State == TmuxServerState.Watched && tmux.Servers.Panes.Count == 1);
    }

    [Fact]
    public async Task An_old_tmux_is_polled_and_the_board_is_told_why()
    {
        await using var tmux = PrivateTmux.Bare(Script("#!/bin/sh\n[ \"$1\" = -V ] && { echo tmux 2.9a; exit; }\nexec tmux \"$@\"\n"));
        var pane = tmux.Session("one", ["cat"]);
        await tmux.WatchAsync();
        await PrivateTmux.UntilAsync(() => tmux.Servers.Panes.Count == 1);

        var status = tmux.Servers.Servers.Single();
        Assert.Equal((TmuxServerState.Polled, "tmux 2.9a is older than 3.2."), (status.State, status.Reason));
        Assert.Equal(30, (await tmux.Servers.Capture(pane, Ct)).Rows);
    }

    [Fact]
    public async Task Without_control_mode_panes_are_polled()
    {
        await using var tmux = PrivateTmux.Bare(Script("#!/bin/sh\ncase \"$*\" in *attach-session*) echo no control today >&2; exit 1;; esac\nexec tmux \"$@\"\n"));
        tmux.Session("one", ["cat"]);
        await tmux.WatchAsync();
        await PrivateTmux.UntilAsync(() => tmux.Servers.Servers is [{ State: TmuxServerState.Polled, Reason: "Control mode failed. tmux says: no control today" }]);

        Assert.Single(tmux.Servers.Panes);
    }

    [Fact]
    public async Task Without_tmux_it_says_so()
    {
        await using var tmux = PrivateTmux.Bare("/nowhere/tmux");
        await File.WriteAllTextAsync(tmux.Socket, "", Ct);
        await tmux.WatchAsync();

        await PrivateTmux.UntilAsync(() => System.Text.Json.JsonSerializer.Serialize(tmux.Servers.Read()).Contains("could not be started", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tmux 3.3a", true)]
    [InlineData("tmux next-3.4", true)]
    [InlineData("tmux 3.2", true)]
    [InlineData("tmux 3.1c", false)]
    [InlineData("tmux 1.8", false)]
    [InlineData("tmux openbsd-7.3", true)]
    [InlineData("tmux openbsd-6.8", false)]
    public void Versions_are_understood(string text, bool hasSubscriptions)
    {
        Assert.Equal(hasSubscriptions, TmuxProgram.ReadVersion(text)!.HasSubscriptions);
    }

    private static string Script(string text)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("muse-tmux-").FullName, "tmux");
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
