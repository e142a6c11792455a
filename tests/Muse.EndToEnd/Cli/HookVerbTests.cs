using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Muse.EndToEnd.Cli;

public sealed class HookVerbTests : IDisposable
{
    private readonly MuseFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task What_is_installed_reaches_the_board_of_the_running_muse()
    {
        var settings = Settings("{\n  \"model\": \"opus\"\n}\n");
        var (process, client) = await MuseProcess.ServeAsync(_folders, "up", "--port", "0");
        await using var _ = process;
        var (code, said) = await MuseProcess.RunAsync(_folders, "hook", "install");

        // As Claude Code sends it: to the address it was given, without an origin.
        var url = (string)JsonNode.Parse(await File.ReadAllTextAsync(settings))!["hooks"]!["PermissionRequest"]![0]!["hooks"]![0]!["url"]!;
        using var payload = new StringContent(
            """{"hook_event_name":"PermissionRequest","session_id":"s","cwd":"/home/ada/lamp","tool_name":"Bash","tool_input":{"command":"make"}}""",
            Encoding.UTF8,
            "application/json");
        using var answer = await client.PostAsync(new Uri(url), payload);
        var board = await UntilAsync(client, "/api/board", b => b.GetProperty("needsYou").GetInt32() == 1);

        Assert.Equal((0, HttpStatusCode.NoContent), (code, answer.StatusCode));
        Assert.Contains("Written.", said, StringComparison.Ordinal);
        Assert.Equal("Bash: make", board.GetProperty("lanes")[0].GetProperty("cards")[0].GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_dry_run_and_an_uninstall_leave_the_file_as_it_was()
    {
        const string before = "{\n  \"model\": \"opus\"\n}\n";
        var settings = Settings(before);

        var (dry, shown) = await MuseProcess.RunAsync(_folders, "hook", "install", "--dry-run");
        Assert.Equal((0, before), (dry, await File.ReadAllTextAsync(settings)));
        await MuseProcess.RunAsync(_folders, "hook", "install", "--port", "7100");
        Assert.Contains("http://127.0.0.1:7100/api/hooks/claude-code", await File.ReadAllTextAsync(settings), StringComparison.Ordinal);
        await MuseProcess.RunAsync(_folders, "hook", "uninstall");

        Assert.Contains("+   \"hooks\"", shown, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(settings));
    }

    [Fact]
    public async Task A_file_that_cannot_be_understood_is_left_alone()
    {
        var settings = Settings("{ broken");

        var (code, said) = await MuseProcess.RunAsync(_folders, "hook", "install");

        Assert.Equal((1, "{ broken"), (code, await File.ReadAllTextAsync(settings)));
        Assert.Contains("was left alone", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slip_of_the_hand_is_refused()
    {
        var (code, said) = await MuseProcess.RunAsync(_folders, "hook", "install", "--dryrun");

        Assert.Equal(1, code);
        Assert.Contains("--dryrun", said, StringComparison.Ordinal);
    }

    private string Settings(string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folders.User, ".claude"));
        var path = Path.Combine(folder.FullName, "settings.json");
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<JsonElement> UntilAsync(HttpClient client, string path, Func<JsonElement, bool> done)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await client.GetFromJsonAsync(path);
            if (done(answer) || TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(10))
            {
                return answer;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
