using System.CommandLine;
using Muse.Host.Settings;

namespace Muse.Host.Cli;

/// <summary>The verbs. Exit codes: 0 done, 1 failed or not running, 2 the port (or the data folder) is held by another.</summary>
internal static class MuseCli
{
    /// <param name="compose">Builds the host; everything else a verb does stands here.</param>
    public static async Task<int> RunAsync(string[] args, Func<HostSettings, string[], WebApplication> compose)
    {
        var verbs = new Verbs(compose);
        var root = new RootCommand("Muse, the mission control for coding agents.") { TreatUnmatchedTokensAsErrors = false };
        // Without a verb the arguments are settings: how test hosts start the server.
        root.SetAction((parsed, ct) => parsed.UnmatchedTokens.FirstOrDefault(t => !t.StartsWith("--", StringComparison.Ordinal)) is { } unknown
            ? Unknown(unknown)
            : verbs.UpAsync([.. parsed.UnmatchedTokens], open: false, ct));
        foreach (var verb in Commands(verbs))
        {
            verb.TreatUnmatchedTokensAsErrors = false;
            root.Add(verb);
        }

        // The host ends itself at a signal and says when it is done; the library would cut that short.
        return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static IEnumerable<Command> Commands(Verbs verbs)
    {
        var port = new Option<int?>("--port") { Description = "Port to listen on (6873)." };
        var open = new Option<bool>("--open") { Description = "Opens the browser." };
        var json = new Option<bool>("--json") { Description = "Answers as JSON." };
        var path = new Argument<string>("path") { Description = "File to write." };
        string[] Settings(ParseResult parsed) =>
            [.. parsed.UnmatchedTokens, .. parsed.GetValue(port) is { } given ? [$"--Muse:Port={given}"] : Array.Empty<string>()];

        var up = new Command("up", "Runs Muse in the foreground.") { port, open };
        up.SetAction((parsed, ct) => verbs.UpAsync(Settings(parsed), parsed.GetValue(open), ct));
        yield return up;

        var stop = new Command("stop", "Ends the running Muse.") { port };
        stop.SetAction((parsed, ct) => verbs.StopAsync(Settings(parsed), ct));
        yield return stop;

        var restart = new Command("restart", "Ends the running Muse, also one that holds the port, and runs anew.") { port, open };
        restart.SetAction((parsed, ct) => verbs.RestartAsync(Settings(parsed), parsed.GetValue(open), ct));
        yield return restart;

        var status = new Command("status", "Says whether Muse runs, where, and how far it has read.") { port, json };
        status.SetAction((parsed, ct) => verbs.StatusAsync(Settings(parsed), parsed.GetValue(json), ct));
        yield return status;

        var document = new Command("openapi", "Writes the OpenAPI document without listening.") { path };
        document.SetAction((parsed, ct) => verbs.WriteApiDocumentAsync(Settings(parsed), parsed.GetRequiredValue(path), ct));
        yield return document;
    }

    private static async Task<int> Unknown(string verb)
    {
        await Console.Error.WriteLineAsync($"There is no verb '{verb}'. muse-host --help lists them.");
        return 1;
    }
}
