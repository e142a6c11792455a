using System.Globalization;
using System.Text.Json.Nodes;
using Muse.Host.Settings;

namespace Muse.Host.Cli;

/// <summary>What to export, and where to.</summary>
/// <param name="File">Null for the standard output.</param>
internal sealed record ExportRequest(string Session, string Format, string? File, bool NoTools, bool NoSubagents, bool NoMask);

/// <summary>Writes a session as one file.</summary>
internal sealed class ExportVerb(Func<HostSettings, string[], WebApplication> compose, TimeProvider time)
{
    public Task<int> WriteAsync(HostSettings settings, string[] args, ExportRequest request, CancellationToken ct) =>
        new AnyInstance(compose, time).AskAsync(settings, args, (address, _) => WriteAsync(address, request, ct), ct);

    private static async Task<int> WriteAsync(string address, ExportRequest request, CancellationToken ct)
    {
        // A proxy of the environment must not see what is asked of loopback.
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(address), Timeout = Timeout.InfiniteTimeSpan };
        var query = $"format={Uri.EscapeDataString(request.Format)}&tools={Word(!request.NoTools)}&subagents={Word(!request.NoSubagents)}&mask={Word(!request.NoMask)}";
        var path = new Uri($"/api/sessions/{Uri.EscapeDataString(request.Session)}/export?{query}", UriKind.Relative);
        using var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, ct);
        if (!response.IsSuccessStatusCode)
        {
            var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(ct));
            await Console.Error.WriteLineAsync((string?)problem?["detail"] ?? $"Muse at {address} answered {(int)response.StatusCode}.");
            return 1;
        }

        await using var content = await response.Content.ReadAsStreamAsync(ct);
        if (request.File is not { } file)
        {
            await using var output = Console.OpenStandardOutput();
            await content.CopyToAsync(output, ct);
            return 0;
        }

        await using (var written = new FileStream(file, FileMode.CreateNew))
        {
            await content.CopyToAsync(written, ct);
        }

        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFullPath(file)}: {new FileInfo(file).Length / 1e6:0.0} MB."));
        return 0;
    }

    private static string Word(bool on) => on ? "true" : "false";
}
