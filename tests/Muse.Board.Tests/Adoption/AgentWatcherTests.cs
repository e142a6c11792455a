using Microsoft.Data.Sqlite;
using Muse.Board.Adoption;
using Muse.Board.Tests.Tmux;
using Muse.Board.Tmux;

namespace Muse.Board.Tests.Adoption;

public sealed class AgentWatcherTests
{
    private const string Thread = "0199aaaa-0000-7000-8000-000000000001";

    [Fact]
    public async Task A_claude_in_a_pane_is_adopted_and_followed_through_its_registry_file()
    {
        await using var agents = await AdoptedAgents.StartAsync();
        var pane = agents.Tmux.Session("one", [$"HOME={agents.Home}", "sh", "-c", "\"$1\" 1000; exec cat", "sh", agents.Named("claude", "/bin/sleep")]);
        await PrivateTmux.UntilAsync(() => agents.Mine.Count == 1);
        var found = agents.Mine.Single();
        Assert.Equal(("claude-code", pane, null, true, "session: no session known yet; pane: process tree, confirmed by TMUX_PANE"), (found.Agent, found.Pane, found.NativeSessionId, found.InFront, found.How));

        agents.Register(found.Pid, "s1");
        await PrivateTmux.UntilAsync(() => agents.Mine.SingleOrDefault()?.NativeSessionId == "s1");
        Assert.Equal(Confidence.Certain, agents.Mine.Single().Confidence);

        // As /clear and /resume do it: in place. And then the file goes before the process does.
        agents.Register(found.Pid, "s2", "busy");
        await PrivateTmux.UntilAsync(() => agents.Mine.Single() is { NativeSessionId: "s2", Registry.Status: "busy" });
        Assert.Equal((pane, found.Key), (agents.Mine.Single().Pane, agents.Mine.Single().Key));
        File.Delete(Path.Combine(agents.Home, ".claude", "sessions", $"{found.Pid}.json"));
        await PrivateTmux.UntilAsync(() => agents.Mine.Single() is { NativeSessionId: "s2", Registry: null });

        PrivateTmux.Shell("kill", [$"{found.Pid}"]);
        await PrivateTmux.UntilAsync(() => agents.Watcher.Agents.All(a => a.Key != found.Key));
    }

    [Fact]
    public async Task A_change_of_state_looks_at_one_agent_and_starts_nothing()
    {
        await using var agents = await AdoptedAgents.StartAsync();
        var claude = agents.Start(agents.Named("claude", "/bin/sleep"), "1000");
        agents.Register(claude.Id, "s0");
        await PrivateTmux.UntilAsync(() => agents.Mine.SingleOrDefault()?.NativeSessionId == "s0");
        var (scans, processes, since) = (agents.Tmux.Work["agents.scans"], agents.Tmux.Work["tmux.processesStarted"], TimeProvider.System.GetTimestamp());

        for (var i = 1; i <= 20; i++)
        {
            agents.Register(claude.Id, $"s{i}", "busy");
            await PrivateTmux.UntilAsync(() => agents.Mine.Single().NativeSessionId == $"s{i}");
        }

        // What goes by the clock, such as the look for servers, may fall in between, the start's own may end late; twenty changes may not show.
        var sweeps = (long)TimeProvider.System.GetElapsedTime(since).TotalSeconds + 3;
        Assert.InRange(agents.Tmux.Work["tmux.processesStarted"] - processes, 0, sweeps);
        Assert.InRange(agents.Tmux.Work["agents.scans"] - scans, 0, sweeps);
    }

    [Fact]
    public async Task Outside_tmux_it_has_no_pane_and_a_dead_ones_file_is_not_its_own()
    {
        await using var agents = await AdoptedAgents.StartAsync();
        var claude = agents.Start(agents.Named("claude", "/bin/sleep"), "1000");
        agents.Register(claude.Id, "of a dead one", procStart: "1");

        await PrivateTmux.UntilAsync(() => agents.Mine.Count == 1);

        var found = agents.Mine.Single();
        Assert.Equal((claude.Id, agents.Home, null, null), (found.Pid, found.Cwd, found.Pane, found.NativeSessionId));
        Assert.Equal("session: no session known yet; pane: not in tmux", found.How);
    }

    [Fact]
    public async Task A_configuration_folder_of_its_own_is_found_by_the_environment()
    {
        await using var agents = await AdoptedAgents.StartAsync();
        var config = Path.Combine(agents.Home, "else where");
        agents.Tmux.Session("one", [$"HOME={agents.Home}", $"CLAUDE_CONFIG_DIR={config}", agents.Named("claude", "/bin/sleep"), "1000"]);
        await PrivateTmux.UntilAsync(() => agents.Mine.Count == 1);
        var pid = agents.Mine.Single().Pid;

        Directory.CreateDirectory(Path.Combine(config, "sessions"));
        File.WriteAllText(Path.Combine(config, "sessions", $"{pid}.json"), $$"""{"sessionId":"mine","procStart":"{{agents.Proc.Stat(pid)!.StartText}}"}""");

        await PrivateTmux.UntilAsync(() => agents.Mine.Single().NativeSessionId == "mine");
    }

    [Fact]
    public async Task A_server_on_a_socket_elsewhere_is_learnt_from_an_agent()
    {
        await using var agents = await AdoptedAgents.StartAsync();
        var pane = agents.Tmux.Session("one", [$"HOME={agents.Home}", agents.Named("claude", "/bin/sleep"), "1000"], Path.Combine(agents.Tmux.Folder, "my.sock"));

        await PrivateTmux.UntilAsync(() => agents.Mine.SingleOrDefault()?.Pane == pane);
    }

    [Fact]
    public async Task Of_two_in_one_pane_the_one_in_front_is_told_apart()
    {
        await using var agents = await AdoptedAgents.StartAsync();
        var claude = agents.Named("claude", "/bin/sleep");
        agents.Tmux.Session("one", [$"HOME={agents.Home}", "bash", "--norc", "-ic", "\"$1\" 1001 & \"$1\" 1002; exec cat", "bash", claude]);

        await PrivateTmux.UntilAsync(() => agents.Mine.Count == 2);
        await PrivateTmux.UntilAsync(() => agents.Mine.Count(a => a.InFront) == 1);

        Assert.Contains("1002", agents.Proc.Arguments(agents.Mine.Single(a => a.InFront).Pid));
    }

    [Fact]
    public async Task Codex_is_known_by_its_open_rollout_or_else_by_its_database()
    {
        await using var agents = await AdoptedAgents.StartAsync();
        var sessions = Directory.CreateDirectory(Path.Combine(agents.Home, ".codex", "sessions", "2026", "01", "31")).FullName;
        var rollout = Path.Combine(sessions, $"rollout-2026-01-31T10-00-00-{Thread}.jsonl");
        await File.WriteAllTextAsync(rollout, "{}\n", TestContext.Current.CancellationToken);
        var codex = agents.Named("codex", "/usr/bin/tail");
        var work = Directory.CreateDirectory(Path.Combine(agents.Home, "work")).FullName;
        agents.Tmux.Session("open", [$"HOME={agents.Home}", codex, "-f", rollout]);
        agents.Tmux.Session("base", [$"--chdir={work}", $"HOME={agents.Home}", codex, "-f", "/dev/null"]);
        Threads(agents.Home, ("old", work, 1, 0), ("archived", work, long.MaxValue, 1), ("newest", work, long.MaxValue - 1, 0), ("elsewhere", "/", long.MaxValue, 0));

        await PrivateTmux.UntilAsync(() => agents.Mine.Count(a => a.NativeSessionId is not null) == 2);

        var open = agents.Mine.Single(a => a.Cwd != work);
        Assert.Equal((Thread, rollout, Confidence.Certain, "codex"), (open.NativeSessionId, open.TranscriptPath, open.Confidence, open.Agent));
        var from = agents.Mine.Single(a => a.Cwd == work);
        Assert.Equal(("newest", Confidence.Likely), (from.NativeSessionId, from.Confidence));
    }

    [Fact]
    public async Task Gemini_is_known_by_the_newest_file_of_its_folder()
    {
        await using var agents = await AdoptedAgents.StartAsync();
        var work = Directory.CreateDirectory(Path.Combine(agents.Home, "work")).FullName;
        var chats = Directory.CreateDirectory(Path.Combine(agents.Home, ".gemini", "tmp", "work", "chats")).FullName;
        var old = Path.Combine(chats, "session-2026-01-31T10-00-00000000.jsonl");
        await File.WriteAllTextAsync(old, """{"sessionId":"old"}""", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(old, new DateTime(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc));
        await File.WriteAllTextAsync(Path.Combine(agents.Home, ".gemini", "projects.json"), "{\"projects\":{\"" + work + "\":\"work\"}}", TestContext.Current.CancellationToken);
        var gemini = Path.Combine(agents.Bin, "gemini");
        await File.WriteAllTextAsync(gemini, "#!/bin/sh\nread line\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(gemini, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var pane = agents.Tmux.Session("one", [$"--chdir={work}", $"HOME={agents.Home}", gemini]);
        await PrivateTmux.UntilAsync(() => agents.Mine.SingleOrDefault() is { Agent: "gemini", NativeSessionId: null });

        await File.WriteAllTextAsync(Path.Combine(chats, "session-2026-02-01T10-00-11111111.jsonl"), """{"sessionId":"new","projectHash":"x"}""" + "\n{\"id\":", TestContext.Current.CancellationToken);

        await PrivateTmux.UntilAsync(() => agents.Mine.Single().NativeSessionId == "new");
        Assert.Equal((pane, Confidence.Likely), (agents.Mine.Single().Pane, agents.Mine.Single().Confidence));
    }

    private static void Threads(string home, params (string Id, string Cwd, long At, int Archived)[] threads)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(home, ".codex", "state_5.sqlite")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE threads (id TEXT, rollout_path TEXT, cwd TEXT, updated_at_ms INTEGER, archived INTEGER)";
        command.ExecuteNonQuery();
        foreach (var thread in threads)
        {
            command.CommandText = $"INSERT INTO threads VALUES ('{thread.Id}', NULL, '{thread.Cwd}', {thread.At}, {thread.Archived})";
            command.ExecuteNonQuery();
        }
    }
}
