using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Muse.EndToEnd.Cli;
using Muse.Testing;

namespace Muse.EndToEnd.Ingest;

/// <summary>The real program is killed without warning while it makes the search index; afterwards it finds what an undisturbed one finds.</summary>
[Collection("kills")] // one after the other: each start of the program takes both cores
public sealed class SearchKillTests
{
    private const int Kills = 5;
    private static readonly string[] Queries =
        ["\"do 17\"", "do", "file:f1999.cs", "edit", "\"do 3\" role:user", "ok is:error", "tool:Edit \"ok\"", "xxx*", "do -1999 after:2026-11-03", "project:app nothing", "part17of3", "word123 tool:Bash", "\"word1 word2\""];

    [Fact(Timeout = 600_000)]
    public async Task Kills_while_the_index_is_made_change_nothing_of_what_is_found()
    {
        using var killed = new MuseFolders().With("Muse__Sessions__Machine", "test");
        using var undisturbed = new MuseFolders().With("Muse__Sessions__Machine", "test");
        var random = new Random(7);
        var interrupted = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            // More at each start, so that there is something to be killed in: several transactions of the indexer.
            MadeUpArchive.Write(killed.User, kill);
            WriteLong(killed.User, kill, random);
            var (process, client) = await MuseProcess.ServeAsync(killed, "up", "--port", $"{MuseProcess.FreePort()}");
            await using (process)
            using (client)
            {
                await IngestOf.CaughtUpAsync(client);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(900)), TimeProvider.System, TestContext.Current.CancellationToken);
                interrupted += await StatusAsync(client) is { State: "idle" } status && status.Indexed == status.Items ? 0 : 1;
            }
        }

        MadeUpArchive.Copy(killed.User, undisturbed.User);
        var (left, right) = (await FoundAsync(undisturbed), await FoundAsync(killed));

        Assert.True(interrupted >= Kills / 2, $"Only {interrupted} of {Kills} kills met the indexer at work.");
        Assert.Equal(left.Answers, right.Answers);
        Assert.Equal(left.Documents.Count, right.Documents.Count);
        Assert.Equal(left.Documents, right.Documents);
    }

    /// <summary>A session with 13 MB of output.</summary>
    private static void WriteLong(string user, int round, Random random)
    {
        var transcript = new ClaudeTranscript(user, $"long{round}", "/home/dev/app", null);
        for (var i = 0; i < 400; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 4000).Select(_ => $"word{random.Next(50_000)} "));
            transcript.Call($"c{i}", "Bash", new JsonObject { ["command"] = $"cat part{i}of{round}" }).Result($"c{i}", text);
        }
    }

    /// <summary>What a run that is left alone finds, and which items it has documents of.</summary>
    private static async Task<(List<string> Answers, List<string> Documents)> FoundAsync(MuseFolders folders)
    {
        var (process, client) = await MuseProcess.ServeAsync(folders, "up", "--port", $"{MuseProcess.FreePort()}");
        await using (process)
        using (client)
        {
            await IngestOf.CaughtUpAsync(client);
            while (await StatusAsync(client) is not { State: "idle", Items: > 0 } status || status.Indexed < status.Items)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
            }

            var answers = new List<string>();
            foreach (var query in Queries)
            {
                answers.AddRange((await AnswerAsync(client, query)).Order(StringComparer.Ordinal).Prepend(query));
            }

            return (answers, Documents(folders));
        }
    }

    /// <summary>The hits of all pages: which of a second comes first follows from the order in which transcripts were read.</summary>
    private static async Task<List<string>> AnswerAsync(HttpClient client, string query)
    {
        var (found, cursor) = (new List<string>(), "");
        do
        {
            using var page = JsonDocument.Parse(await client.GetStringAsync($"/api/search?limit=100&q={Uri.EscapeDataString(query)}{cursor}"));
            foreach (var group in page.RootElement.GetProperty("groups").EnumerateArray())
            {
                found.AddRange(group.GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("link").GetString()!));
            }

            cursor = page.RootElement.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0 && found.Count < 500);

        return found.Count < 500 ? found : ["many"];
    }

    private static List<string> Documents(MuseFolders folders)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folders.Muse, "muse.db")};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            ATTACH '{Path.Combine(folders.Muse, "search.db")}' AS search;
            SELECT t.path, d.item & 268435455 FROM search.documents d JOIN sessions_transcripts t ON t.generation = d.item >> 28 ORDER BY 1, 2
            """;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add($"{reader.GetString(0).Replace(folders.User, "", StringComparison.Ordinal)} {reader.GetInt64(1)}");
        }

        return rows;
    }

    private static async Task<(string State, long Items, long Indexed)> StatusAsync(HttpClient client)
    {
        using var document = JsonDocument.Parse(await client.GetStringAsync("/api/search/status"));
        var root = document.RootElement;
        return (root.GetProperty("state").GetString()!, root.GetProperty("items").GetInt64(), root.GetProperty("indexed").GetInt64());
    }
}
