using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Muse.Board.Tests.Tmux;
using Muse.Testing;

namespace Muse.Board.Tests.Starting;

/// <summary>A host that watches a tmux of its own, which does not run yet, and a program that stands in for Claude Code.</summary>
internal sealed class StartingDesk : IAsyncDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("muse-start-").FullName;
    private readonly string _socket;

    /// <param name="tmux">Name of tmux; <c>old</c> for one that is.</param>
    public StartingDesk(string tmux = "tmux")
    {
        Assert.SkipWhen(PrivateTmux.Shell("tmux", ["-V"], check: false) is null, "tmux is not installed.");
        _socket = Path.Combine(_root, "tmux", "default");
        var home = Folder("home");
        Project = Folder("shop");
        Muse = MuseHost.With(
            new Dictionary<string, string?>
            {
                ["Muse:Board:Live:Watch"] = "true",
                ["Muse:Board:Live:Tmux"] = tmux == "old" ? Old() : tmux,
                ["Muse:Board:Live:SocketFolder"] = Path.GetDirectoryName(_socket),
                ["Muse:Board:Live:SweepSeconds"] = "1",
                ["Muse:Board:Live:Home"] = home,
                ["Muse:Board:Live:Programs:claude-code"] = StandInClaude.InstallIn(Folder("bin"), home),
                ["Muse:Board:Live:Programs:codex"] = "/no/such/codex",
            },
            _ => { });
    }

    public MuseHost Muse { get; }

    public string Project { get; }

    public bool RunsTmux => File.Exists(_socket);

    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    public Task<(HttpStatusCode Status, JsonElement Body)> StartAsync(object body) => PostAsync("/api/board/agents", body);

    public Task<(HttpStatusCode Status, JsonElement Body)> ResumeAsync(string session) => PostAsync($"/api/board/sessions/{session}/resume", new { });

    /// <summary>Writes and reads a session of the project that ran some time ago.</summary>
    public async Task<string> ReadSessionAsync(string native)
    {
        new ClaudeTranscript(Muse, native, Project).Prompt("Repair the lamp").Reply("It is lit.");
        await Muse.SettleAsync();
        return A.SessionId(native);
    }

    /// <summary>The cards of agents in this test's folders; others may run on the machine.</summary>
    public async Task<IReadOnlyList<JsonElement>> CardsAsync() =>
        [.. (await Muse.GetAsync<JsonElement>("/api/board")).GetProperty("lanes").EnumerateArray().SelectMany(l => l.GetProperty("cards").EnumerateArray())
            .Where(c => c.GetProperty("cwd").GetString()?.StartsWith(_root, StringComparison.Ordinal) == true)];

    public async Task<JsonElement> CardAsync(string? id) => (await CardsAsync()).Single(c => c.GetProperty("id").GetString() == id);

    public async Task<JsonElement> DeliveryAsync(string? card) =>
        (await Muse.GetAsync<JsonElement>($"/api/board/cards/{card}/deliveries")).GetProperty("deliveries").EnumerateArray().First();

    /// <summary>What the first window shows.</summary>
    public string Screen() => PrivateTmux.Shell("tmux", ["-S", _socket, "capture-pane", "-p", "-t", "muse:0"])!;

    public async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < PrivateTmux.Patience, $"It did not happen in time. {string.Join('\n', await CardsAsync())}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        PrivateTmux.Shell("tmux", ["-S", _socket, "kill-server"], check: false);
        await Muse.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    private string Old()
    {
        var path = Path.Combine(Folder("old"), "tmux");
        File.WriteAllText(path, "#!/bin/sh\necho tmux 2.9a\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string address, object body)
    {
        using var response = await Muse.Client.PostAsJsonAsync(new Uri(address, UriKind.Relative), body);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }
}
