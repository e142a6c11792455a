using System.Text.Json;
using System.Text.Json.Nodes;
using Muse.Host.Settings;

namespace Muse.Host.Cli;

/// <summary>Where each agent was looked for, what was found, and why a figure is zero. Asks the running Muse, else a short-lived one.</summary>
internal sealed class Doctor(Func<HostSettings, string[], WebApplication> compose, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Web) { WriteIndented = true };

    public Task<int> PrintAsync(HostSettings settings, string[] args, bool json, CancellationToken ct) =>
        new AnyInstance(compose, time).AskAsync(settings, args, (address, own) => ReportAsync(address, own, json, ct), ct);

    private async Task<int> ReportAsync(string address, HostSettings settings, bool json, CancellationToken ct)
    {
        var ingest = await UntilIdleAsync(address, ct);
        await UntilCountedAsync(address, ct);
        var files = await MuseClient.TryGetAsync(address, "/api/ingest/files", ct);
        if (ingest is null || files is not JsonArray list)
        {
            await Console.Error.WriteLineAsync($"Muse at {address} does not say how far it has read. Run ./muse restart, then ask again.");
            return 1;
        }

        var stats = await MuseClient.TryGetAsync(address, "/api/stats?from=1970-01-01&by=agent", ct);
        var archive = await MuseClient.TryGetAsync(address, "/api/archive", ct);
        var repositories = await MuseClient.TryGetAsync(address, "/api/insights/repositories", ct);
        var report = DoctorReport.From(ingest, list, stats, archive, repositories, address, settings.Home);
        await Console.Out.WriteLineAsync(json ? JsonSerializer.Serialize(report, Indented) : report.ToText());
        return report.Healthy ? 0 : 1;
    }

    private async Task<JsonNode?> UntilIdleAsync(string address, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var progress = await MuseClient.TryGetAsync(address, "/api/ingest", ct);
            if ((string?)progress?["state"] != "reading" || time.GetElapsedTime(began) > Patience)
            {
                return progress;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), time, ct);
        }
    }

    /// <summary>What was read is counted a moment later. Who counts may be stuck: the report does not wait for that.</summary>
    private async Task UntilCountedAsync(string address, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        while ((long?)(await MuseClient.TryGetAsync(address, "/api/debug/runtime", ct))?["journal"]?["lag"] > 0 && time.GetElapsedTime(began) < Moment)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, ct);
        }
    }
}
