using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Web;
using Muse.Sessions.Archive;
using Muse.Sessions.Tests.Reading;
using Muse.Testing;

namespace Muse.Sessions.Tests.Archive;

/// <summary>A home with sessions of all three agents, and what of it is kept.</summary>
internal sealed class KeptHome : IAsyncDisposable
{
    public const string Needle = "keptneedle";
    private const long Day = 24L * 60 * 60 * 1000;
    private readonly long _start = DateTimeOffset.Parse("2026-03-01T08:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    public KeptHome(IReadOnlyDictionary<string, string?>? settings = null) =>
        Host = MuseHost.With(settings ?? new Dictionary<string, string?>(StringComparer.Ordinal), _ => { });

    public MuseHost Host { get; }

    public WorkCounters Work => Host.Services.GetRequiredService<WorkCounters>();

    public Archiver Archiver => Host.Services.GetRequiredService<Archiver>();

    public TranscriptArchive Archive => Host.Services.GetRequiredService<TranscriptArchive>();

    public ArchiveStore Store => Host.Services.GetRequiredService<ArchiveStore>();

    /// <summary>Every file an agent left, as it is now.</summary>
    public SortedDictionary<string, byte[]> Sources => new(
        new[] { ".claude", ".codex", ".gemini" }.Select(f => Path.Combine(Host.Home, f)).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories)).ToDictionary(f => f, File.ReadAllBytes),
        StringComparer.Ordinal);

    public Task KeepAsync() => Archiver.KeepAsync(gently: false, CancellationToken.None);

    /// <summary>Reads what is on disk and keeps all of it.</summary>
    public async Task SettleAndKeepAsync()
    {
        Age();
        await Host.SettleAsync();
        await KeepAsync();
    }

    /// <summary>Writes sessions: a third of each agent, every other one of Claude Code with a subagent.</summary>
    public void Write(int sessions)
    {
        for (var i = 0; i < sessions; i++)
        {
            switch (i % 3)
            {
                case 0:
                    Claude(i);
                    break;
                case 1:
                    Codex(i);
                    break;
                default:
                    Gemini(i);
                    break;
            }
        }
    }

    /// <summary>The made-up transcripts of every era that the readers are tested with.</summary>
    /// <param name="which">Only these, by name such as <c>Gemini/2026-08-lines.jsonl</c>; all if null.</param>
    public void WriteGoldens(IReadOnlyList<string>? which = null)
    {
        foreach (var golden in (which ?? Golden.All).Select(name => (Agent: name.Split('/')[0], new Golden(name).FullPath)))
        {
            var name = Path.GetFileName(golden.FullPath);
            var folder = golden.Agent switch
            {
                "Claude" => name.StartsWith("agent-", StringComparison.Ordinal) ? ".claude/projects/-home-me-golden/parent/subagents" : ".claude/projects/-home-me-golden",
                "Codex" => ".codex/sessions/2026/04/01",
                _ => ".gemini/tmp/golden/chats",
            };
            name = golden.Agent switch { "Claude" => name, "Codex" => $"rollout-2026-04-01T08-00-00-{name}", _ => $"session-{name}" };
            Save(Path.Combine(Host.Home, folder, name), File.ReadAllBytes(golden.FullPath));
        }
    }

    /// <summary>Lets all files look as if nobody had written to them for some hours, each at another time.</summary>
    public void Age()
    {
        var at = Host.Clock.GetUtcNow().UtcDateTime.AddHours(-8);
        foreach (var (file, index) in Sources.Keys.Select((f, i) => (f, i)))
        {
            if (File.GetLastWriteTimeUtc(file) > at.AddHours(4))
            {
                File.SetLastWriteTimeUtc(file, at.AddSeconds(index));
            }
        }
    }

    public void DeleteSources()
    {
        foreach (var folder in new[] { ".claude/projects", ".codex/sessions", ".gemini/tmp" }.Select(f => Path.Combine(Host.Home, f)).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public List<string> Query(string sql)
    {
        using var connection = Host.Services.GetRequiredService<MuseDatabase>().Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString())));
        }

        return rows;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private void Claude(int i)
    {
        var session = string.Create(CultureInfo.InvariantCulture, $"{i:x8}-0000-4000-8000-000000000000");
        var main = new ClaudeTranscript(Host.Home, session, $"/home/ann/shop{i % 5}", null) { AtMs = _start + (i * Day / 8) };
        main.Prompt($"do thing {i} with the {Needle}").Reply($"I will do thing {i}. 針 \"quoted\" \\ back")
            .Call($"c{i}", "Bash", new JsonObject { ["command"] = $"make thing{i}" })
            .Result($"c{i}", $"{string.Concat(Enumerable.Repeat($"straw {i} ", 2000 * (i % 4)))}\n{Needle} in output", isError: i % 2 == 0)
            .Image("look at this", A.Png).Reply("done", outputTokens: 20 + i);
        if (i % 2 == 0)
        {
            var agent = new ClaudeTranscript(Host.Home, session, $"/home/ann/shop{i % 5}", $"a{i}") { AtMs = main.AtMs };
            agent.Prompt($"look for {i}").Reply($"I found the {Needle} {i}");
            File.WriteAllText(agent.Path.Replace(".jsonl", ".meta.json", StringComparison.Ordinal), $$"""{"agentType":"Explore","description":"find {{i}}","toolUseId":"c{{i}}"}""");
        }
    }

    private void Codex(int i)
    {
        var thread = string.Create(CultureInfo.InvariantCulture, $"019f0000-0000-7000-8000-{i:x12}");
        var text = new StringBuilder();
        text.Append($$$"""{"timestamp":"{{{At("2026-04-02", i, 0)}}}","type":"session_meta","payload":{"id":"{{{thread}}}","timestamp":"{{{At("2026-04-02", i, 0)}}}","cwd":"/home/me/mill{{{i % 4}}}","cli_version":"0.160.0"}}""").Append('\n');
        for (var turn = 0; turn < 3; turn++)
        {
            text.Append($$$"""{"timestamp":"{{{At("2026-04-02", i, (10 * turn) + 1)}}}","type":"event_msg","payload":{"type":"user_message","message":"count {{{i}}} {{{turn}}} {{{Needle}}}","images":[]}}""").Append('\n');
            text.Append($$$$"""{"timestamp":"{{{{At("2026-04-02", i, (10 * turn) + 2)}}}}","type":"response_item","payload":{"type":"function_call","name":"exec_command","arguments":"{\"cmd\": \"ls {{{{i}}}}\"}","call_id":"c{{{{turn}}}}"}}""").Append('\n');
            text.Append($$$"""{"timestamp":"{{{At("2026-04-02", i, (10 * turn) + 3)}}}","type":"response_item","payload":{"type":"function_call_output","call_id":"c{{{turn}}}","output":"{{{new string('y', i * 40)}}} {{{Needle}}}"}}""").Append('\n');
            text.Append($$$"""{"timestamp":"{{{At("2026-04-02", i, (10 * turn) + 4)}}}","type":"response_item","payload":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"counted {{{i}}}"}]}}""").Append('\n');
        }

        Save(Path.Combine(Host.Home, ".codex", "sessions", "2026", "04", "02", $"rollout-2026-04-02T08-00-00-{thread}.jsonl"), Encoding.UTF8.GetBytes(text.ToString()));
    }

    private void Gemini(int i)
    {
        var session = string.Create(CultureInfo.InvariantCulture, $"bb{i:x6}-0000-4000-8000-000000000003");
        var text = new StringBuilder();
        text.Append($$$"""{"sessionId":"{{{session}}}","projectHash":"9c","startTime":"{{{At("2026-05-18", i, 0)}}}","lastUpdated":"{{{At("2026-05-18", i, 0)}}}","kind":"main"}""").Append('\n');
        text.Append($$$"""{"id":"u1","timestamp":"{{{At("2026-05-18", i, 1)}}}","type":"user","content":[{"text":"tune {{{i}}} {{{Needle}}}"}]}""").Append('\n');
        text.Append($$$$"""{"id":"g1","timestamp":"{{{{At("2026-05-18", i, 2)}}}}","type":"gemini","content":"tuned {{{{i}}}}","tokens":{"input":500,"output":25,"cached":100,"thoughts":30,"tool":0,"total":555},"model":"gemini-3.1-pro-preview","toolCalls":[{"id":"x1","name":"run_shell_command","args":{"command":"npm test"},"result":[{"functionResponse":{"id":"x1","name":"run_shell_command","response":{"output":"Output: {{{{Needle}}}} failing"}}}],"status":"success","timestamp":"{{{{At("2026-05-18", i, 3)}}}}"}]}""").Append('\n');
        if (i % 2 == 0)
        {
            // The last line has no newline.
            text.Append($$$"""{"id":"u2","timestamp":"{{{At("2026-05-18", i, 5)}}}","type":"user","content":[{"text":"louder {{{i}}}"}]}""");
        }

        Save(Path.Combine(Host.Home, ".gemini", "tmp", "bells", "chats", $"session-2026-05-18T07-00-{session[..8]}.jsonl"), Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Each session at times of its own: what is of the same second comes in the order in which it was read.</summary>
    private static string At(string day, int i, int second) => string.Create(CultureInfo.InvariantCulture, $"{day}T{i / 60:00}:{i % 60:00}:{second:00}.000Z");

    private static void Save(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}
