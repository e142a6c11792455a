using System.Text.Json;

namespace Muse.EndToEnd.Cli;

public sealed class VerbTests : IDisposable
{
    private readonly MuseFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task The_API_document_is_written_without_listening_or_touching_data()
    {
        var path = Path.Combine(_folders.User, "openapi.json");

        var (code, _) = await MuseProcess.RunAsync(_folders, "openapi", path);
        var document = JsonDocument.Parse(await File.ReadAllTextAsync(path)).RootElement;

        Assert.Equal(0, code);
        Assert.True(document.GetProperty("paths").TryGetProperty("/api/sessions/{id}", out _));
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.True(schemas.TryGetProperty("GetSessionResponse", out _));
        Assert.Equal("integer", schemas.GetProperty("SessionSummary").GetProperty("properties").GetProperty("prompts").GetProperty("type").GetString());
        Assert.False(File.Exists(Path.Combine(_folders.Muse, "muse.db")));
    }

    [Fact]
    public async Task The_demo_shows_every_agent_and_leaves_nothing_behind()
    {
        var temporary = Path.Combine(_folders.User, "tmp");
        Directory.CreateDirectory(temporary);
        _folders.With("TMPDIR", temporary);
        var port = MuseProcess.FreePort();
        var (process, client) = await MuseProcess.ServeAsync(_folders, "demo", "--port", $"{port}");
        await using var _ = process;

        var list = await UntilAsync(client, "/api/sessions?limit=50", page => page.GetProperty("total").GetInt32() >= 7);
        var (_, said) = await MuseProcess.RunAsync(_folders, "stop", "--port", $"{port}");

        var longest = list.GetProperty("items").EnumerateArray().Max(s => s.GetProperty("items").GetInt64());
        Assert.InRange(longest, 1_000, 10_000);
        Assert.All(list.GetProperty("items").EnumerateArray(), s => Assert.Equal(0, s.GetProperty("malformedLines").GetInt64()));
        Assert.Contains("has stopped", said, StringComparison.Ordinal);
        Assert.Equal(0, await process.WaitForExitAsync());
        Assert.Empty(Directory.GetDirectories(temporary, "muse-demo-*"));
        Assert.False(Directory.Exists(_folders.Muse));
    }

    private static async Task<JsonElement> UntilAsync(HttpClient client, string path, Func<JsonElement, bool> done)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await client.GetFromJsonAsync(path);
            if (done(answer) || TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(30))
            {
                return answer;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }
}
