using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Muse.Host.Settings;

namespace Muse.Host.Cli;

/// <summary>What Muse keeps of transcripts: how much, whether it is whole, and all of it as plain files.</summary>
internal sealed class ArchiveVerb(Func<HostSettings, string[], WebApplication> compose, TimeProvider time)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Web) { WriteIndented = true };
    private readonly AnyInstance _muse = new(compose, time);

    public Task<int> StatsAsync(HostSettings settings, string[] args, bool json, CancellationToken ct) => _muse.AskAsync(
        settings, args, (address, _) => PrintAsync(address, HttpMethod.Get, "/api/archive", json, stats => (StatsText(stats), 0), ct), ct);

    /// <returns>1 if anything is damaged.</returns>
    public Task<int> VerifyAsync(HostSettings settings, string[] args, bool json, CancellationToken ct) => _muse.AskAsync(
        settings,
        args,
        (address, _) => PrintAsync(
            address, HttpMethod.Post, "/api/archive/verify", json, report => (VerifyText(report), report["damages"]!.AsArray().Count == 0 ? 0 : 1), ct),
        ct);

    /// <summary>Writes every kept transcript below a folder, as <c>agent/path below its root</c>. What is there is left alone.</summary>
    public Task<int> ExportAsync(HostSettings settings, string[] args, string folder, CancellationToken ct) =>
        _muse.AskAsync(settings, args, (address, _) => ExportAsync(address, Path.GetFullPath(folder), ct), ct);

    private static async Task<int> PrintAsync(
        string address, HttpMethod method, string path, bool json, Func<JsonNode, (string Text, int Code)> describe, CancellationToken ct)
    {
        using var client = Client(address);
        using var request = new HttpRequestMessage(method, path);
        using var response = await client.SendAsync(request, ct);
        if (!response.IsSuccessStatusCode || await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync(ct), cancellationToken: ct) is not { } answer)
        {
            await Console.Error.WriteLineAsync($"Muse at {address} does not answer {path} ({(int)response.StatusCode}). Run ./muse restart, then ask again.");
            return 1;
        }

        var (text, code) = describe(answer);
        await Console.Out.WriteLineAsync(json ? answer.ToJsonString(Indented) : text);
        return code;
    }

    private static async Task<int> ExportAsync(string address, string folder, CancellationToken ct)
    {
        using var client = Client(address);
        var files = await JsonNode.ParseAsync(await client.GetStreamAsync(new Uri("/api/archive/files", UriKind.Relative), ct), cancellationToken: ct);
        var (written, left, failed) = (0, 0, 0);
        foreach (var file in files!.AsArray().OfType<JsonObject>().Reverse()) // the answer of our own program; later lives of a file first
        {
            var path = (string)file["path"]!;
            var target = Path.Combine(folder, (string)file["agent"]!, Path.GetRelativePath((string)file["root"]!, path));
            if (!target.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal) || File.Exists(target))
            {
                left++;
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (await SaveAsync(client, (long)file["id"]!, target, ct))
            {
                written++;
            }
            else
            {
                failed++;
                await Console.Error.WriteLineAsync($"{path} could not be written whole: ./muse archive verify names what is damaged.");
            }
        }

        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{written} transcripts written to {folder}; {left} were there already and are as they were."));
        return failed == 0 ? 0 : 1;
    }

    private static async Task<bool> SaveAsync(HttpClient client, long id, string target, CancellationToken ct)
    {
        try
        {
            await using var content = await client.GetStreamAsync(new Uri($"/api/archive/files/{id}", UriKind.Relative), ct);
            await using var file = new FileStream(target, FileMode.CreateNew);
            await content.CopyToAsync(file, ct);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException)
        {
            File.Delete(target);
            return false;
        }
    }

    private static string StatsText(JsonNode stats)
    {
        var (plain, stored) = ((long)stats["bytes"]!, (long)stats["storedBytes"]!);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{stats["files"]} transcripts are kept in {stats["folder"]}, {stats["onlyHere"]} of them only there.");
        text.AppendLine().Append(CultureInfo.InvariantCulture, $"{plain / 1e6:0.0} MB take {stored / 1e6:0.0} MB on the disk");
        text.Append(CultureInfo.InvariantCulture, $"{(plain == 0 ? "" : $" ({100.0 * stored / plain:0.0} %)")}. Still to be kept: {stats["filesLeft"]} files.");
        text.AppendLine().Append(CultureInfo.InvariantCulture, $"State: {stats["state"]}{(stats["reason"] is { } reason ? $" ({reason})" : "")}.");
        foreach (var warning in stats["warnings"]!.AsArray())
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"Warning: {warning!["message"]}");
        }

        return text.ToString();
    }

    private static string VerifyText(JsonNode report)
    {
        var damages = report["damages"]!.AsArray();
        var text = new StringBuilder();
        foreach (var damage in damages.OfType<JsonObject>())
        {
            var (offset, length) = ((long)damage["offset"]!, (long)damage["length"]!);
            text.AppendLine((string?)damage["path"]);
            text.AppendLine(CultureInfo.InvariantCulture, $"  {damage["file"]}, {(damage["frame"] is { } frame ? $"frame {frame}" : "the whole file")}, bytes {offset} to {offset + length}: {damage["problem"]}");
            text.AppendLine((bool)damage["keptAgain"]! ? "  Its source is there: it is kept anew." : "  Its source is gone or has changed: put the file of frames back from a backup.");
        }

        text.Append(CultureInfo.InvariantCulture, $"{report["files"]} files, {report["frames"]} frames, {(long)report["bytes"]! / 1e6:0.0} MB compared: ");
        return text.Append(damages.Count == 0 ? "everything is as it was kept." : $"{damages.Count} damaged, see the lines above.").ToString();
    }

    private static HttpClient Client(string address)
    {
        // A proxy of the environment must not see what is asked of loopback.
        var handler = new SocketsHttpHandler { UseProxy = false };
        return new HttpClient(handler) { BaseAddress = new Uri(address), Timeout = Timeout.InfiniteTimeSpan };
    }
}
