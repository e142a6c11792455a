using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Muse.Host.Instance;
using Muse.Host.Settings;

namespace Muse.Host.Cli;

/// <summary>Whether Muse runs, where, and how far it has read.</summary>
internal sealed class Status(TimeProvider time)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Web) { WriteIndented = true };

    public async Task<int> PrintAsync(HostSettings settings, bool json, CancellationToken ct)
    {
        var instance = RunningInstance.Find(settings.Home);
        var ingest = instance is null ? null : await MuseClient.TryGetAsync(instance.Address, "/api/ingest", ct);
        if (json)
        {
            var answer = new JsonObject
            {
                ["running"] = instance is not null,
                ["home"] = settings.Home,
                ["pid"] = instance?.Pid,
                ["port"] = instance?.Port,
                ["address"] = instance?.Address,
                ["version"] = instance?.Version,
                ["startedAtMs"] = instance?.StartedAtMs,
                ["ingest"] = ingest,
            };
            await Console.Out.WriteLineAsync(answer.ToJsonString(Indented));
        }
        else
        {
            await Console.Out.WriteLineAsync(Describe(settings, instance, ingest));
        }

        return instance is null ? 1 : 0;
    }

    private string Describe(HostSettings settings, RunningInstance? instance, JsonNode? ingest)
    {
        if (instance is null)
        {
            return ProcessTable.HolderOf(settings.Port) is { } holder
                ? $"Muse is not running for {settings.Home}. {PortMessages.Taken(settings.Port, holder)}"
                : $"Muse is not running for {settings.Home}. Start it with ./muse up.";
        }

        var since = TimeSpan.FromMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds() - instance.StartedAtMs);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Muse {instance.Version} runs at {instance.Address} (pid {instance.Pid}, for {since:d\\.hh\\:mm\\:ss}, data in {settings.Home}).");
        return ingest is JsonObject progress
            ? $"{text}\nIngest: {progress["state"]}, {progress["filesDone"]} of {progress["filesTotal"]} files, {progress["bytesDone"]} of {progress["bytesTotal"]} bytes."
            : text;
    }
}

/// <summary>Asks a running Muse of this machine.</summary>
internal static class MuseClient
{
    /// <summary>The answer; null if there was none worth reading.</summary>
    public static async Task<JsonNode?> TryGetAsync(string address, string path, CancellationToken ct)
    {
        // A proxy of the environment must not see what is asked of loopback.
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), ct);
            return response.IsSuccessStatusCode ? await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync(ct), cancellationToken: ct) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }
}
