using System.Net;
using System.Text.Json;

namespace Muse.Board.Tests.Starting;

public sealed class StartingTests
{
    [Fact]
    public async Task An_agent_starts_in_a_tmux_that_did_not_run_and_gets_its_first_prompt_as_a_delivery()
    {
        await using var desk = new StartingDesk();

        var (status, body) = await desk.StartAsync(new { agent = "claude-code", folder = desk.Project, prompt = "$(touch owned); `touch owned`; look 'around'" });

        Assert.Equal(HttpStatusCode.Created, status);
        var card = body.GetProperty("cardId").GetString();
        Assert.Equal("muse:0.0", body.GetProperty("place").GetString());
        Assert.Null(body.GetProperty("promptProblem").GetString());
        Assert.Equal(desk.Project, (await desk.CardAsync(card)).GetProperty("cwd").GetString());
        await desk.UntilAsync(async () => (await desk.DeliveryAsync(card)).GetProperty("state").GetString() == "consumed");
        Assert.Contains("❯ $(touch owned); `touch owned`; look 'around'", desk.Screen(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(desk.Project));
    }

    [Fact]
    public async Task A_second_agent_gets_a_window_beside_the_first()
    {
        await using var desk = new StartingDesk();
        var other = desk.Folder("a #(touch owned) folder");

        var (first, _) = await desk.StartAsync(new { agent = "claude-code", folder = desk.Project });
        var (second, body) = await desk.StartAsync(new { agent = "claude-code", folder = other });

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first, second));
        Assert.Equal("muse:1.0", body.GetProperty("place").GetString());
        await desk.UntilAsync(async () => (await desk.CardsAsync()).Any(c => c.GetProperty("cwd").GetString() == other));
    }

    [Fact]
    public async Task A_dialog_before_the_first_prompt_keeps_it_from_being_sent()
    {
        await using var desk = new StartingDesk();
        var asking = desk.Folder("asking");
        await File.WriteAllTextAsync(Path.Combine(asking, "ask-first"), "", TestContext.Current.CancellationToken);

        var (status, body) = await desk.StartAsync(new { agent = "claude-code", folder = asking, prompt = "go on" });

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(JsonValueKind.Null, body.GetProperty("prompt").ValueKind);
        Assert.Contains("asks something", body.GetProperty("promptProblem").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("/no/such/folder")]
    [InlineData("/tmp\n/x")]
    public async Task A_folder_that_is_not_there_is_refused(string folder)
    {
        await using var desk = new StartingDesk();

        var (status, problem) = await desk.StartAsync(new { agent = "claude-code", folder });

        Assert.Equal((HttpStatusCode.BadRequest, "folder-not-found"), (status, problem.GetProperty("code").GetString()));
        Assert.False(desk.RunsTmux);
    }

    [Fact]
    public async Task What_ends_at_once_is_said_and_so_is_a_server_that_nobody_knows()
    {
        await using var desk = new StartingDesk();

        var (codex, ended) = await desk.StartAsync(new { agent = "codex", folder = desk.Project });
        var (elsewhere, unknown) = await desk.StartAsync(new { agent = "claude-code", folder = desk.Project, socket = "/tmp/no-such-socket" });
        var (other, invalid) = await desk.StartAsync(new { agent = "bash", folder = desk.Project });

        Assert.Equal((HttpStatusCode.Conflict, "agent-ended-at-once"), (codex, ended.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.NotFound, "tmux-server-not-found"), (elsewhere, unknown.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-parameter"), (other, invalid.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("/no/such/tmux", "tmux-missing")]
    [InlineData("old", "tmux-too-old")]
    public async Task Without_a_tmux_that_can_do_it_the_answer_says_what_is_missing(string tmux, string code)
    {
        await using var desk = new StartingDesk(tmux);

        var (status, problem) = await desk.StartAsync(new { agent = "claude-code", folder = desk.Project });

        Assert.Equal((HttpStatusCode.ServiceUnavailable, code), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_session_is_resumed_in_its_folder_by_its_agents_own_command_and_only_once()
    {
        const string Native = "3d9c1f0e-1111-4222-8333-444444444444";
        await using var desk = new StartingDesk();
        var session = await desk.ReadSessionAsync(Native);

        var (status, _) = await desk.ResumeAsync(session);
        await desk.UntilAsync(async () => (await desk.CardsAsync()).Any(c => c.GetProperty("id").GetString() == session));
        var (again, problem) = await desk.ResumeAsync(session);

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(desk.Project, (await desk.CardAsync(session)).GetProperty("cwd").GetString());
        Assert.Contains($"--resume {Native}", desk.Screen(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, "session-runs"), (again, problem.GetProperty("code").GetString()));
        Assert.Contains("in the tmux pane muse:0.0", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_is_not_there_or_whose_folder_is_gone_cannot_be_resumed()
    {
        await using var desk = new StartingDesk();
        var session = await desk.ReadSessionAsync("3d9c1f0e-2222-4222-8333-444444444444");
        Directory.Delete(desk.Project);

        var (none, missing) = await desk.ResumeAsync("snothing");
        var (gone, folder) = await desk.ResumeAsync(session);

        Assert.Equal((HttpStatusCode.NotFound, "session-not-found"), (none, missing.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.BadRequest, "folder-not-found"), (gone, folder.GetProperty("code").GetString()));
    }
}
