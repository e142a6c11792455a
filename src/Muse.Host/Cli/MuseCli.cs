using System.CommandLine;
using Microsoft.Data.Sqlite;
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
        // Without a verb the arguments are settings: how test hosts and design-time tools start the server.
        root.SetAction((parsed, ct) => args is [var first, ..] && !first.StartsWith("--", StringComparison.Ordinal)
            ? RefuseAsync(first)
            : verbs.UpAsync([.. parsed.UnmatchedTokens], open: false, ct));
        foreach (var verb in Commands(verbs))
        {
            root.Add(verb);
        }

        try
        {
            // The host ends itself at a signal and says when it is done; the library would cut that short. It would also
            // swallow the exception by which design-time tools end the host they have looked at.
            return await root.Parse(args).InvokeAsync(
                new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            await Console.Error.WriteLineAsync($"Muse cannot go on: {exception.Message}");
            return 1;
        }
    }

    private static IEnumerable<Command> Commands(Verbs verbs)
    {
        var port = new Option<int?>("--port") { Description = "Port to listen on (6873)." };
        var open = new Option<bool>("--open") { Description = "Opens the browser." };
        var json = new Option<bool>("--json") { Description = "Answers as JSON." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Shows what would change, and changes nothing." };
        var path = new Argument<string>("path") { Description = "File to write." };
        var folder = new Argument<string>("folder") { Description = "Folder to write below." };
        Command Verb(string name, string description, Func<ParseResult, string[], CancellationToken, Task<int>> run, params Symbol[] symbols)
        {
            var verb = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
            foreach (var symbol in symbols)
            {
                if (symbol is Option option)
                {
                    verb.Add(option);
                }
                else if (symbol is Argument argument)
                {
                    verb.Add(argument);
                }
            }

            // Settings may be given as --Muse:Key=value; anything else that is left over is a slip of the hand.
            verb.SetAction((parsed, ct) => parsed.UnmatchedTokens.FirstOrDefault(t => !t.StartsWith("--Muse:", StringComparison.OrdinalIgnoreCase)) is { } slip
                ? RefuseAsync(slip)
                : run(parsed, [.. parsed.UnmatchedTokens, .. PortSetting(parsed.GetValue(port))], ct));
            return verb;
        }

        yield return Verb("up", "Runs Muse in the foreground.", (p, s, ct) => verbs.UpAsync(s, p.GetValue(open), ct), port, open);
        yield return Verb("stop", "Ends the running Muse.", (_, s, ct) => verbs.StopAsync(s, ct), port);
        yield return Verb(
            "restart",
            "Ends the running Muse, also one that holds the port, and runs anew.",
            (p, s, ct) => verbs.RestartAsync(s, p.GetValue(open), ct),
            port,
            open);
        yield return Verb(
            "status", "Says whether Muse runs, where, and how far it has read.", (p, s, ct) => verbs.StatusAsync(s, p.GetValue(json), ct), port, json);
        yield return Verb(
            "doctor",
            "Says for each agent what was looked for, what was found, and why a figure is zero.",
            (p, s, ct) => verbs.DoctorAsync(s, p.GetValue(json), ct),
            json);
        var screen = new Option<string>("--screen") { Description = "File with a captured screen, plain or with colours; - reads standard input.", Required = true };
        var agent = new Option<string?>("--agent") { Description = "Whose rules to use: claude-code, codex or gemini; without it each is tried." };
        var title = new Option<string?>("--title") { Description = "The pane's title." };
        var command = new Option<string?>("--command") { Description = "The program that runs in the pane." };
        yield return Verb(
            "explain",
            "Says how a captured screen is read: state, reason, and the rule and line that decided.",
            (p, s, ct) => Verbs.ExplainAsync(
                s,
                new ScreenRequest(p.GetRequiredValue(screen), p.GetValue(agent), p.GetValue(title), p.GetValue(command)),
                p.GetValue(json),
                ct),
            screen,
            agent,
            title,
            command,
            json);
        yield return Export(Verb, verbs, port);
        yield return Verb("demo", "Runs over a made-up home to look around in.", (p, s, ct) => verbs.DemoAsync(s, p.GetValue(open), ct), port, open);
        yield return new Command("archive", "What Muse keeps of transcripts beyond their source.")
        {
            Verb("stats", "Says how much is kept, and what is not yet.", (p, s, ct) => verbs.ArchiveStatsAsync(s, p.GetValue(json), ct), port, json),
            Verb("verify", "Compares every byte that is kept with its hash.", (p, s, ct) => verbs.VerifyArchiveAsync(s, p.GetValue(json), ct), port, json),
            Verb(
                "export",
                "Writes every kept transcript as a plain file.",
                (p, s, ct) => verbs.ExportArchiveAsync(s, p.GetRequiredValue(folder), ct),
                port,
                folder),
        };
        yield return new Command("hook", "Lets the agents tell Muse at once what they do.")
        {
            Verb(
                "install",
                "Adds Muse's hooks to the configuration of Claude Code and Codex.",
                (p, s, _) => verbs.ChangeHooksAsync(s, install: true, p.GetValue(dryRun)),
                port,
                dryRun),
            Verb(
                "uninstall",
                "Takes them out again.",
                (p, s, _) => verbs.ChangeHooksAsync(s, install: false, p.GetValue(dryRun)),
                port,
                dryRun),
        };
        yield return Verb(
            "openapi",
            "Writes the OpenAPI document without listening.",
            (p, s, ct) => verbs.WriteApiDocumentAsync(s, p.GetRequiredValue(path), ct),
            path);
    }

    private delegate Command MakeVerb(string name, string description, Func<ParseResult, string[], CancellationToken, Task<int>> run, params Symbol[] symbols);

    private static Command Export(MakeVerb make, Verbs verbs, Option<int?> port)
    {
        var session = new Argument<string>("session") { Description = "Id of a session, as GET /api/sessions and the address of its page have it." };
        var format = new Option<string>("--format") { Description = "html (a page that needs nothing else), md or json.", DefaultValueFactory = _ => "html" };
        var file = new Option<string?>("--out") { Description = "File to write, which must not be there; without it the standard output." };
        var noTools = new Option<bool>("--no-tools") { Description = "Without inputs and outputs of tools." };
        var noSubagents = new Option<bool>("--no-subagents") { Description = "Without the conversations of subagents." };
        var noMask = new Option<bool>("--no-mask") { Description = "Leaves secrets as they are." };
        return make(
            "export",
            "Writes a session as one file, its secrets masked.",
            (p, s, ct) => verbs.ExportAsync(
                s,
                new ExportRequest(
                    p.GetRequiredValue(session), p.GetRequiredValue(format), p.GetValue(file), p.GetValue(noTools), p.GetValue(noSubagents), p.GetValue(noMask)),
                ct),
            session,
            format,
            file,
            noTools,
            noSubagents,
            noMask,
            port);
    }

    private static string[] PortSetting(int? port) => port is null ? [] : [$"--Muse:Port={port}"];

    private static async Task<int> RefuseAsync(string word)
    {
        await Console.Error.WriteLineAsync($"'{word}' is not understood here. ./muse lists the commands, ./muse up --help the options of one.");
        return 1;
    }
}
