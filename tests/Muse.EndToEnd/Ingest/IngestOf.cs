using System.Text.Json;
using Muse.EndToEnd.Cli;

namespace Muse.EndToEnd.Ingest;

/// <summary>How far a running server has read.</summary>
internal static class IngestOf
{
    public static async Task ReadToTheEndAsync(MuseFolders folders)
    {
        var (process, client) = await MuseProcess.ServeAsync(folders, "up", "--port", $"{MuseProcess.FreePort()}");
        await using (process)
        using (client)
        {
            await CaughtUpAsync(client);
        }
    }

    /// <summary>Waits until everything is read and projected.</summary>
    public static async Task CaughtUpAsync(HttpClient client)
    {
        while (await StateAsync(client) != "idle" || await PendingAsync(client))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public static async Task<string?> StateAsync(HttpClient client)
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
}
