using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

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
    public async Task The_committed_API_document_is_the_one_this_program_writes()
    {
        var path = Path.Combine(_folders.User, "openapi.json");

        await MuseProcess.RunAsync(_folders, "openapi", path);

        Assert.True(
            await File.ReadAllTextAsync(path) == await File.ReadAllTextAsync(CommittedDocument()),
            "docs/openapi.json is out of date. Run ./muse api and commit what it writes.");
    }

    [Fact]
    public async Task The_API_document_names_words_limits_and_problems()
    {
        var path = Path.Combine(_folders.User, "openapi.json");

        await MuseProcess.RunAsync(_folders, "openapi", path);

        var document = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        var schemas = document["components"]!["schemas"]!;
        Assert.Equal(["live", "quiet", "kept", "missing"], Words(schemas["SessionSummary"]!["properties"]!["state"]!));
        Assert.Equal(["ok", "error", "denied", "cancelled", "running", null], Words(schemas["ItemView"]!["properties"]!["status"]!));
        Assert.Contains("void", Words(schemas["ItemView"]!["properties"]!["flags"]!["items"]!));
        Assert.Contains("code", schemas["ProblemDetails"]!["required"]!.AsArray().Select(name => (string?)name));
        var limit = document["paths"]!["/api/sessions"]!["get"]!["parameters"]!.AsArray().Single(p => (string?)p!["name"] == "limit")!["schema"]!;
        Assert.Equal(("integer", 1, 200, 50), ((string?)limit["type"], (int)limit["minimum"]!, (int)limit["maximum"]!, (int)limit["default"]!));
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

        var list = await UntilAsync(client, "/api/sessions?limit=50", page => page.GetProperty("total").GetInt32() >= 7
            && page.GetProperty("items").EnumerateArray().All(s => s.GetProperty("indexed").GetDouble() == 1));
        var (_, said) = await MuseProcess.RunAsync(_folders, "stop", "--port", $"{port}");

        var longest = list.GetProperty("items").EnumerateArray().Max(s => s.GetProperty("items").GetInt64());
        Assert.InRange(longest, 1_000, 10_000);
        Assert.All(list.GetProperty("items").EnumerateArray(), s => Assert.Equal(0, s.GetProperty("malformedLines").GetInt64()));
        Assert.Contains("has stopped", said, StringComparison.Ordinal);
        Assert.Equal(0, await process.WaitForExitAsync());
        Assert.Empty(Directory.GetDirectories(temporary, "muse-demo-*"));
        Assert.False(Directory.Exists(_folders.Muse));
    }

    [Fact]
    public async Task The_doctor_accounts_for_every_line_and_says_why_a_figure_is_zero()
    {
        var project = Path.Combine(_folders.User, ".claude", "projects", "-home-ada-lamp");
        Directory.CreateDirectory(project);
        await File.WriteAllTextAsync(
            Path.Combine(project, "00000000-de30-4000-8000-000000000001.jsonl"),
            """
            {"type":"user","message":{"role":"user","content":"Light the lamp"},"uuid":"u1","parentUuid":null,"timestamp":"2026-01-02T03:04:05.678Z","cwd":"/home/ada/lamp","sessionId":"00000000-de30-4000-8000-000000000001","version":"2.1.330"}
            {"type":"never-seen-before","sessionId":"00000000-de30-4000-8000-000000000001"}

            {"type":"user", broken

            """);

        var (code, output) = await MuseProcess.RunAsync(_folders, "doctor", "--json");
        var (_, text) = await MuseProcess.RunAsync(_folders, "doctor");

        Assert.Equal(0, code);
        var report = JsonDocument.Parse(output).RootElement;
        var file = Assert.Single(report.GetProperty("files").EnumerateArray());
        Assert.Equal(
            (4, 1, 0, 1, 1, 1, 0),
            (Count(file, "lines"), Count(file, "items"), Count(file, "folded"), Count(file, "unknown"), Count(file, "malformed"), Count(file, "blank"), Count(file, "lost")));
        Assert.Contains("lines 4 = items 1 + folded 0 + unknown 1 + malformed 1 + blank 1", text, StringComparison.Ordinal);
        Assert.Contains("codex: 0 sessions", text, StringComparison.Ordinal);
        Assert.Contains("why zero:", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_counts_what_sums_leave_out()
    {
        var project = Path.Combine(_folders.User, ".claude", "projects", "-home-ada-lamp");
        Directory.CreateDirectory(project);
        (string Time, string Output)[] responses = [("2026-01-02T03:04:05.678Z", "10"), ("2026-01-02T03:04:06.678Z", "-10"), ("2126-01-02T03:04:05.678Z", "10")];
        await File.WriteAllLinesAsync(
            Path.Combine(project, "00000000-de30-4000-8000-000000000001.jsonl"),
            responses.Select((r, i) =>
                $$$"""{"type":"assistant","message":{"id":"msg_{{{i}}}","role":"assistant","model":"claude-opus-4-5","content":[{"type":"text","text":"Yes."}],"usage":{"input_tokens":1,"output_tokens":{{{r.Output}}}}},"uuid":"a{{{i}}}","requestId":"r{{{i}}}","timestamp":"{{{r.Time}}}","cwd":"/home/ada/lamp","sessionId":"00000000-de30-4000-8000-000000000001","version":"2.1.330"}"""));

        var (code, output) = await MuseProcess.RunAsync(_folders, "doctor", "--json");
        var (_, text) = await MuseProcess.RunAsync(_folders, "doctor");

        Assert.Equal(0, code);
        var usage = JsonDocument.Parse(output).RootElement.GetProperty("usage");
        Assert.Equal((2, 1, 1, 1), (Count(usage, "responses"), Count(usage, "unpriced"), Count(usage, "absurd"), Count(usage, "future")));
        Assert.Contains("2 responses counted; 1 without a known price, 1 with a count that cannot be right, 1 of the future", text, StringComparison.Ordinal);
    }

    private static int Count(JsonElement file, string name) => file.GetProperty(name).GetInt32();

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

    private static IEnumerable<string?> Words(JsonNode schema) => schema["enum"]!.AsArray().Select(word => (string?)word);

    private static string CommittedDocument([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "openapi.json"));
}
