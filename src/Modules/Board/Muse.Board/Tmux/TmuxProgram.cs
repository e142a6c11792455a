using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CliWrap;
using Microsoft.Extensions.Options;
using Muse.Board.Watching;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Tmux;

/// <param name="Text">As tmux says it, such as <c>3.3a</c>.</param>
internal sealed record TmuxVersion(string Text, int Major, int Minor)
{
    /// <summary>Subscriptions and the flags that keep a client from resizing windows came with 3.2.</summary>
    public bool HasSubscriptions => Major > 3 || (Major == 3 && Minor >= 2);
}

/// <summary>Starts tmux, and counts how often.</summary>
internal sealed partial class TmuxProgram(IOptions<LiveOptions> options, TimeProvider clock, WorkCounters work)
{
    /// <summary>A server that does not answer for so long is stopped or overloaded.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    /// <summary>These make tmux believe that it is to nest, or name a server that is not meant.</summary>
    private static readonly string[] OutsideOnly = ["TMUX", "TMUX_PANE"];

    /// <summary>The version; null if tmux is not installed or says nothing.</summary>
    public async Task<TmuxVersion?> VersionAsync(CancellationToken ct)
    {
        try
        {
            return ReadVersion(await RunAsync(["-V"], ct));
        }
        catch (TmuxException)
        {
            return null;
        }
    }

    public static TmuxVersion? ReadVersion(string text)
    {
        var found = Numbers().Match(text);
        if (!found.Success)
        {
            return null;
        }

        // OpenBSD counts by its own releases; 6.9 came with tmux 3.2.
        var (major, minor) = (Part(found, 2), Part(found, 3));
        var openBsd = text.Contains("openbsd", StringComparison.Ordinal);
        return openBsd ? new TmuxVersion("openbsd-" + found.Value, 3, major > 6 || (major == 6 && minor >= 9) ? 2 : 0) : new TmuxVersion(found.Groups[1].Value, major, minor);
    }

    /// <summary>
    /// A control client of the server. It starts no server (<c>-N</c>), leaves the sessions' environment alone
    /// (<c>-E</c>: without it the client's missing DISPLAY and SSH_AUTH_SOCK are taken out of the session), sends no
    /// output and has no say in the windows' size. Not <c>read-only</c>: 3.3a lets such a client write all the same.
    /// </summary>
    public Process StartControl(string socket, string session)
    {
        var start = new ProcessStartInfo(options.Value.Tmux)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            WorkingDirectory = "/",
        };
        foreach (var argument in (string[])["-u", "-N", "-S", socket, "-C", "attach-session", "-E", "-f", "no-output,ignore-size", "-t", session])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in OutsideOnly)
        {
            start.Environment.Remove(name);
        }

        work.Add("tmux.processesStarted");
        try
        {
            return Process.Start(start) ?? throw Missing(null);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw Missing(e);
        }
    }

    /// <summary>One command in a process of its own: for what cannot go through a control client.</summary>
    public Task<string> RunAsync(string socket, IEnumerable<string> arguments, CancellationToken ct) =>
        RunAsync(["-u", "-S", socket, .. arguments], ct);

    private async Task<string> RunAsync(string[] arguments, CancellationToken ct)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        using var deadline = new CancellationTokenSource(Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        work.Add("tmux.processesStarted");
        try
        {
            var result = await Cli.Wrap(options.Value.Tmux)
                .WithArguments(arguments)
                .WithWorkingDirectory("/")
                .WithEnvironmentVariables(OutsideOnly.ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal))
                .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output, Encoding.UTF8))
                .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error, Encoding.UTF8))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(either.Token);
            return result.ExitCode == 0 ? output.ToString() : throw Refusal(error.ToString());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TmuxException(TmuxFailure.Unconfirmed, "tmux did not answer in time.");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw Missing(e);
        }
    }

    /// <summary>What a failed command's message means.</summary>
    public static TmuxException Refusal(string message)
    {
        var text = message.Trim();
        var failure = text.StartsWith("can't find pane", StringComparison.Ordinal) ? TmuxFailure.PaneGone
            : text.StartsWith("error connecting", StringComparison.Ordinal) || text.StartsWith("no server running", StringComparison.Ordinal) ? TmuxFailure.Unreachable
            : TmuxFailure.Refused;
        return new TmuxException(failure, text.Length > 0 ? $"tmux says: {text}" : "tmux failed and did not say why.");
    }

    private static TmuxException Missing(Exception? inner) =>
        new(TmuxFailure.Unreachable, "tmux could not be started. Install tmux 3.2 or later, or name it in Muse:Board:Live:Tmux.", inner);

    private static int Part(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(([0-9]{1,4})\.([0-9]{1,4})[a-z]?)")]
    private static partial Regex Numbers();
}
