using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Muse.EndToEnd.Cli;

namespace Muse.EndToEnd.Ingest;

/// <summary>The real program is killed without warning while it reads; afterwards nothing is missing and nothing is there twice.</summary>
public sealed class KillTests
{
    private const int Kills = 20;

    /// <summary>Everything that does not depend on when something was read: numbers given in reading order are left out.</summary>
    private static readonly string[] Tables =
    [
        """
        SELECT t.path, i."key" & 268435455, i.kind, i."offset", i.length, i.block, i.at_ms, i.name, i.call_id, i.flags, i.preview, i.result_offset,
          i.result_length, i.outcome, i.agent_id FROM sessions_items i JOIN sessions_transcripts t ON i."key" >> 28 = t.generation ORDER BY 1, 2
        """,
        "SELECT t.path, e.item_key & 268435455, e.path, e.added, e.removed FROM sessions_edits e JOIN sessions_transcripts t ON e.item_key >> 28 = t.generation ORDER BY 1, 2, 3",
        """
        SELECT t.path, g.committed_bytes, g.items, g.item_lines, g.folded_lines, g.unknown_lines, g.malformed_lines, g.prompts, g.replies, g.tools,
          g.errors, g.added_lines FROM sessions_generations g JOIN sessions_transcripts t ON t.generation = g.id ORDER BY 1
        """,
        "SELECT native_id, title, project_path, prompts, replies, tools, errors, items, started_at_ms, last_at_ms, last_prompt, last_reply FROM sessions_sessions ORDER BY 1",
        "SELECT identity, session_id, model, input_tokens, cache_read_tokens, output_tokens FROM insights_usage ORDER BY 1",
        "SELECT count(*) FROM sessions_generations",
    ];

    [Fact]
    public async Task Twenty_kills_leave_the_tables_of_an_undisturbed_run()
    {
        using var killed = new MuseFolders().With("Muse__Sessions__Machine", "test");
        using var undisturbed = new MuseFolders().With("Muse__Sessions__Machine", "test");
        var random = new Random(20);
        var interrupted = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var (process, client) = await MuseProcess.ServeAsync(killed, "up", "--port", $"{MuseProcess.FreePort()}");
            await using (process)
            using (client)
            {
                // Written while it runs, so that there is work to be killed in however fast the machine is.
                WriteSessions(killed.User, kill);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(150)), TimeProvider.System, TestContext.Current.CancellationToken);
                interrupted += await StateAsync(client) == "idle" ? 0 : 1;
            }
        }

        CopyFolder(killed.User, undisturbed.User);
        await ReadToTheEndAsync(killed);
        await ReadToTheEndAsync(undisturbed);

        Assert.True(interrupted >= Kills / 4, $"Only {interrupted} of {Kills} kills met the ingest at work.");
        var (left, right) = (Dump(undisturbed), Dump(killed));
        Assert.Equal(left.Count, right.Count);
        Assert.Equal(left, right);
    }

    /// <summary>Three new sessions and some lines more in those of the round before.</summary>
    private static void WriteSessions(string user, int round)
    {
        var folder = Path.Combine(user, ".claude", "projects", "-home-dev-app");
        Directory.CreateDirectory(folder);
        for (var i = 0; i < 3; i++)
        {
            Append(Path.Combine(folder, $"{round:d8}-0000-4000-8000-{i:d12}.jsonl"), round, 2000);
            if (round > 0)
            {
                Append(Path.Combine(folder, $"{round - 1:d8}-0000-4000-8000-{i:d12}.jsonl"), round, 200);
            }
        }
    }

    private static void Append(string path, int round, int turns)
    {
        var text = new StringBuilder();
        var name = Path.GetFileNameWithoutExtension(path);
        for (var i = 0; i < turns; i++)
        {
            var id = $"{name}-{round}-{i}";
            var at = $"2026-11-{1 + (round % 20):d2}T10:{i / 60 % 60:d2}:{i % 60:d2}.000Z";
            text.Append($$"""{"type":"user","uuid":"u-{{id}}","timestamp":"{{at}}","cwd":"/home/dev/app","version":"2.1.330","message":{"role":"user","content":"do {{i}}"} }""").Append('\n');
            text.Append($$$"""{"type":"assistant","uuid":"a-{{{id}}}","timestamp":"{{{at}}}","message":{"id":"msg_{{{id}}}","model":"claude-opus-5","role":"assistant","content":[{"type":"tool_use","id":"toolu_{{{id}}}","name":"Edit","input":{"file_path":"/home/dev/app/f{{{i}}}.cs"} }],"usage":{"input_tokens":3,"cache_read_input_tokens":{{{i}}},"output_tokens":{{{i + 1}}} } } }""").Append('\n');
            text.Append($$$"""{"type":"user","uuid":"r-{{{id}}}","timestamp":"{{{at}}}","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_{{{id}}}","content":"ok {{{new string('x', 400)}}}"}]},"toolUseResult":{"filePath":"/home/dev/app/f{{{i}}}.cs","structuredPatch":[{"oldStart":1,"oldLines":1,"newStart":1,"newLines":2,"lines":["-a","+b","+c"]}] } }""").Append('\n');
        }

        File.AppendAllText(path, text.ToString());
    }

    private static async Task ReadToTheEndAsync(MuseFolders folders)
    {
        var (process, client) = await MuseProcess.ServeAsync(folders, "up", "--port", $"{MuseProcess.FreePort()}");
        await using (process)
        using (client)
        {
            while (await StateAsync(client) != "idle" || await PendingAsync(client))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    private static async Task<string?> StateAsync(HttpClient client)
    {
        using var document = JsonDocument.Parse(await client.GetStringAsync("/api/ingest"));
        return document.RootElement.GetProperty("state").GetString();
    }

    /// <summary>True while a file is not read to its end or a projection lags.</summary>
    private static async Task<bool> PendingAsync(HttpClient client)
    {
        using var document = JsonDocument.Parse(await client.GetStringAsync("/api/ingest"));
        var root = document.RootElement;
        using var runtime = JsonDocument.Parse(await client.GetStringAsync("/api/debug/runtime"));
        var journal = runtime.RootElement.GetProperty("journal");
        return root.GetProperty("filesTotal").GetInt32() == 0
            || root.GetProperty("bytesDone").GetInt64() < root.GetProperty("bytesTotal").GetInt64()
            || journal.GetProperty("lag").GetInt64() > 0;
    }

    private static List<string> Dump(MuseFolders folders)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folders.Muse, "muse.db")};Pooling=False");
        connection.Open();
        var rows = new List<string>();
        foreach (var sql in Tables)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString()))
                    .Replace(folders.User, "", StringComparison.Ordinal));
            }
        }

        return rows;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
