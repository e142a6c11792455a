using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Muse.EndToEnd.Ingest;

namespace Muse.EndToEnd.Cli;

/// <summary>What is kept of transcripts, asked for from the command line while Muse runs and while it does not.</summary>
public sealed class ArchiveVerbTests
{
    [Fact(Timeout = 120_000)]
    public async Task What_is_kept_is_told_verified_and_written_as_plain_files()
    {
        using var folders = new MuseFolders().With("Muse__Sessions__Archive__EverySeconds", "5");
        MadeUpArchive.Write(folders.User, 0);
        var sources = Directory.EnumerateFiles(folders.User, "*.jsonl", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllBytes);
        sources.Keys.ToList().ForEach(f => File.SetLastWriteTimeUtc(f, File.GetLastWriteTimeUtc(f).AddHours(-1)));
        var export = Path.Combine(folders.Muse, "..", "export");
        var (process, client) = await MuseProcess.ServeAsync(folders, "up", "--port", $"{MuseProcess.FreePort()}");
        await using (process)
        using (client)
        {
            while ((await client.GetFromJsonAsync<JsonElement>("/api/archive", TestContext.Current.CancellationToken)).GetProperty("files").GetInt32() < sources.Count)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
            }

            var verified = await MuseProcess.RunAsync(folders, "archive", "verify");
            Assert.Equal(0, verified.ExitCode);
            Assert.Contains("everything is as it was kept", verified.Output, StringComparison.Ordinal);
            Assert.Equal(0, (await MuseProcess.RunAsync(folders, "archive", "export", export)).ExitCode);
        }

        foreach (var (path, bytes) in sources)
        {
            var written = Path.Combine(export, "claude-code", Path.GetRelativePath(Path.Combine(folders.User, ".claude"), path));
            Assert.Equal(bytes, await File.ReadAllBytesAsync(written, TestContext.Current.CancellationToken));
        }

        var stats = await MuseProcess.RunAsync(folders, "archive", "stats", "--json");
        Assert.Equal(0, stats.ExitCode);
        Assert.Equal(sources.Count, (int)JsonNode.Parse(stats.Output)!["files"]!);

        var damaged = Directory.EnumerateFiles(Path.Combine(folders.Muse, "archive")).First();
        sources.Keys.ToList().ForEach(File.Delete);
        await using (var file = File.OpenWrite(damaged))
        {
            file.Seek(-9, SeekOrigin.End);
            file.Write([1, 2, 3, 4]);
        }

        var found = await MuseProcess.RunAsync(folders, "archive", "verify");
        Assert.Equal(1, found.ExitCode);
        Assert.Contains(Path.GetFileName(damaged), found.Output, StringComparison.Ordinal);
        Assert.Matches("frame [0-9]+, bytes [0-9]+ to [0-9]+: ", found.Output);
    }
}
