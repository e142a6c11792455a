using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Muse.Board;
using Muse.Host.Settings;

namespace Muse.Host.Cli;

/// <param name="File">Path of a capture; <c>-</c> for standard input.</param>
/// <param name="Agent">Null to try the rules of each.</param>
internal sealed record ScreenRequest(string File, string? Agent, string? Title, string? Command);

/// <summary>Says how a captured screen is read. Needs no running Muse.</summary>
internal static class Explain
{
    // A screen with all its colours has some tens of kilobytes; what is this large is something else.
    private const int MaxBytes = 4 * 1024 * 1024;
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Web) { WriteIndented = true };

    public static async Task<int> PrintAsync(HostSettings settings, ScreenRequest request, bool json, CancellationToken ct)
    {
        if (request.Agent is not null && !BoardModule.ScreenAgents.Contains(request.Agent))
        {
            return await RefuseAsync($"There are no rules for '{request.Agent}'. Give one of {string.Join(", ", BoardModule.ScreenAgents)}, or none to try each.");
        }

        var (screen, problem) = await ReadAsync(request.File, ct);
        if (screen is null)
        {
            return await RefuseAsync(problem);
        }

        var answer = BoardModule.ExplainScreen(screen, request.Agent, request.Title, request.Command, settings.Home);
        await Console.Out.WriteLineAsync(json ? answer.ToJsonString(Indented) : ToText(answer));
        return 0;
    }

    private static async Task<(string? Screen, string Problem)> ReadAsync(string path, CancellationToken ct)
    {
        const string capture = "Save one with: tmux capture-pane -p -e -J -t PANE > FILE";
        if (path != "-" && !File.Exists(path))
        {
            return (null, Directory.Exists(path) ? $"'{path}' is a folder. Give the file of one capture." : $"There is no file '{path}'. {capture}");
        }

        await using var stream = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = await stream.ReadAsync(buffer, ct)) > 0;)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > MaxBytes)
            {
                return (null, $"'{path}' has more than {MaxBytes / 1024 / 1024} MB, which no screen has. {capture}");
            }
        }

        var text = Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        return string.IsNullOrWhiteSpace(text) ? (null, $"'{path}' is empty. {capture}") : (text, "");
    }

    private static string ToText(JsonObject answer)
    {
        var text = new StringBuilder();
        var reason = (string?)answer["reason"];
        text.AppendLine(CultureInfo.InvariantCulture, $"{answer["state"]}{(reason is null ? "" : $" ({reason})")}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  agent   {answer["agent"] ?? "none recognised"}{(answer["ruleSet"] is { } rules ? $", by the rules of {rules}" : "")}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  rule    {answer["rule"]}: {answer["why"]}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  line    {(answer["lineNumber"] is { } number ? $"{number}: {answer["line"]}" : "no single line decided")}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  input   {answer["input"]!["kind"]}{Quoted((string?)answer["input"]!["text"])}");
        if (answer["banner"] is { } banner)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  banner  {banner}");
        }

        if (answer["dialog"] is { } dialog)
        {
            AppendDialog(text, dialog);
        }

        text.Append(CultureInfo.InvariantCulture, $"  tried   {string.Join(", ", answer["tried"]!.AsArray().Select(t => $"{t!["agent"]}: {t["state"]} by {t["rule"]}"))}");
        foreach (var problem in answer["problems"]!.AsArray())
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  rules   {problem}");
        }

        return text.ToString();
    }

    private static void AppendDialog(StringBuilder text, JsonNode dialog)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"  dialog  {dialog["title"]} (fingerprint {dialog["fingerprint"]})");
        foreach (var line in ((string?)dialog["body"])?.Split('\n') ?? [])
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"          {line}");
        }

        foreach (var choice in dialog["choices"]!.AsArray())
        {
            var focus = (bool)choice!["focused"]! ? '>' : ' ';
            var box = (bool?)choice["checked"] switch { true => "[x] ", false => "[ ] ", null => "" };
            var number = (int)choice["number"]! is var digit and > 0 ? $"{digit}. " : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"        {focus} {number}{box}{choice["label"]}");
        }
    }

    private static string Quoted(string? text) => string.IsNullOrEmpty(text) ? "" : $": {text.ReplaceLineEndings(" ")}";

    private static async Task<int> RefuseAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return 1;
    }
}
