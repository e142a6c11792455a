using System.Net.Http.Json;
using System.Text.Json;
using Muse.EndToEnd.Cli;

namespace Muse.EndToEnd.Ingest;

/// <summary>The real program is killed without warning while it keeps transcripts; afterwards every byte of them is kept.</summary>
[Collection("kills")] // one after the other: each start of the program takes both cores
public sealed class ArchiveKillTests
{
    private const int Kills = 10;

    [Fact(Timeout = 600_000)]
    public async Task Kills_in_the_middle_of_keeping_lose_nothing()
    {
        using var folders = new MuseFolders().With("Muse__Sessions__Machine", "test").With("Muse__Sessions__Archive__EverySeconds", "5");
        var random = new Random(30);
        var interrupted = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            MadeUpArchive.Write(folders.User, kill);
            Age(folders.User);
            var (process, client) = await MuseProcess.ServeAsync(folders, "up", "--port", $"{MuseProcess.FreePort()}");
            await using (process)
            using (client)
            {
                await UntilAsync(client, archive => State(archive) == "keeping" || IsDone(archive));
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(120)), TimeProvider.System, TestContext.Current.CancellationToken);
                interrupted += State(await ArchiveAsync(client)) == "keeping" ? 1 : 0;
            }
        }

        Assert.True(interrupted >= Kills / 4, $"Only {interrupted} of {Kills} kills met the archive at work.");
        await AssertAllIsKeptAsync(folders);

        // Nothing is left to be read a second time, and nothing lies about that has no row.
        var files = Directory.EnumerateFiles(Path.Combine(folders.Muse, "archive")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(Sources(folders.User).Count, files.Count);
    }

    private static async Task AssertAllIsKeptAsync(MuseFolders folders)
    {
        var ct = TestContext.Current.CancellationToken;
        var (process, client) = await MuseProcess.ServeAsync(folders, "up", "--port", $"{MuseProcess.FreePort()}");
        await using (process)
        using (client)
        {
            await UntilAsync(client, IsDone);
            using var verified = await client.PostAsync(new Uri("/api/archive/verify", UriKind.Relative), null, ct);
            var report = await verified.Content.ReadFromJsonAsync<JsonElement>(ct);
            Assert.Equal(0, report.GetProperty("damages").GetArrayLength());
            Assert.Equal(Sources(folders.User).Sum(f => new FileInfo(f).Length), report.GetProperty("bytes").GetInt64());
            var kept = (await client.GetFromJsonAsync<JsonElement>("/api/archive/files", ct)).EnumerateArray().ToDictionary(f => f.GetProperty("path").GetString()!);
            foreach (var source in Sources(folders.User))
            {
                var bytes = await client.GetByteArrayAsync(new Uri($"/api/archive/files/{kept[source].GetProperty("id").GetInt64()}", UriKind.Relative), ct);
                var read = await File.ReadAllBytesAsync(source, ct);
                Assert.True(bytes.AsSpan().SequenceEqual(read), source);
            }
        }
    }

    private static List<string> Sources(string user) => [.. Directory.EnumerateFiles(Path.Combine(user, ".claude"), "*.jsonl", SearchOption.AllDirectories)];

    /// <summary>Nobody has written to them for an hour, so that they are kept at once.</summary>
    private static void Age(string user) => Sources(user).ForEach(f => File.SetLastWriteTimeUtc(f, File.GetLastWriteTimeUtc(f).AddHours(-1)));

    private static string? State(JsonElement archive) => archive.GetProperty("state").GetString();

    private static bool IsDone(JsonElement archive) =>
        State(archive) == "idle" && archive.GetProperty("lastAtMs").ValueKind == JsonValueKind.Number && archive.GetProperty("filesLeft").GetInt32() == 0;

    private static async Task UntilAsync(HttpClient client, Func<JsonElement, bool> isSo)
    {
        while (!isSo(await ArchiveAsync(client)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static Task<JsonElement> ArchiveAsync(HttpClient client) => client.GetFromJsonAsync<JsonElement>("/api/archive", TestContext.Current.CancellationToken);
}
