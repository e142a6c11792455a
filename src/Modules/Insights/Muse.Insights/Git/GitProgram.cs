using System.Text;
using CliWrap;
using Microsoft.Extensions.Options;
using Muse.BuildingBlocks.Web;

namespace Muse.Insights.Git;

/// <summary>
/// Runs git on repositories that nobody vouches for, only to read. Their configuration may name programs: hooks, monitors, converters, and
/// helpers for signatures and passwords are all switched off, nothing is asked, and nothing leaves the machine.
/// </summary>
internal sealed class GitProgram(IOptions<GitOptions> options, TimeProvider clock, WorkCounters work)
{
    public const string ProcessesStarted = "git.processesStarted";

    private static readonly string[] Careful =
    [
        "--no-pager", "--no-optional-locks", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.sshCommand=false",
        "-c", "core.askPass=", "-c", "credential.helper=", "-c", "protocol.allow=never", "-c", "log.showSignature=false", "-c", "core.quotePath=false",
    ];

    private static readonly Dictionary<string, string?> Environment = new(StringComparer.Ordinal)
    {
        ["LC_ALL"] = "C",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_OPTIONAL_LOCKS"] = "0",
        ["GIT_NO_LAZY_FETCH"] = "1",
        ["GIT_ALLOW_PROTOCOL"] = "none",
        ["GIT_ASKPASS"] = null,
        ["SSH_ASKPASS"] = null,
        ["GCM_INTERACTIVE"] = "never",
        // Where Muse was started must not decide which repository is read.
        ["GIT_DIR"] = null,
        ["GIT_WORK_TREE"] = null,
        ["GIT_COMMON_DIR"] = null,
        ["GIT_INDEX_FILE"] = null,
        ["GIT_NAMESPACE"] = null,
        ["GIT_OBJECT_DIRECTORY"] = null,
        ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = null,
        ["GIT_CONFIG_PARAMETERS"] = null,
        ["GIT_CONFIG_COUNT"] = null,
        ["GIT_EXTERNAL_DIFF"] = null,
        ["GIT_TRACE"] = null,
        ["GIT_TRACE2"] = null,
        ["GIT_TRACE2_EVENT"] = null,
    };

    /// <summary>What git prints. Throws <see cref="GitException"/> with what is wrong.</summary>
    /// <param name="folder">Where to run it.</param>
    /// <param name="input">What it reads, by lines; null for nothing.</param>
    public Task<string> RunAsync(string folder, IReadOnlyList<string> arguments, IEnumerable<string>? input, CancellationToken ct) =>
        ExecuteAsync(Command(folder, arguments, input), ct);

    /// <summary>The patch ids of the differences that git prints: lines of an id and the commit, which is zeros where none was named.</summary>
    public Task<string> PatchIdsAsync(string folder, IReadOnlyList<string> arguments, IEnumerable<string>? input, CancellationToken ct) =>
        ExecuteAsync(Command(folder, arguments, input) | Command(folder, ["patch-id", "--stable"], null), ct);

    private Command Command(string folder, IReadOnlyList<string> arguments, IEnumerable<string>? input)
    {
        work.Add(ProcessesStarted);
        var command = Cli.Wrap(options.Value.Program)
            .WithArguments([.. Careful, "-C", folder, .. arguments])
            .WithWorkingDirectory("/")
            .WithEnvironmentVariables(Environment)
            .WithValidation(CommandResultValidation.None);
        return input is null ? command : command.WithStandardInputPipe(PipeSource.FromString(string.Join('\n', input) + "\n"));
    }

    private async Task<string> ExecuteAsync(Command command, CancellationToken ct)
    {
        var (output, error) = (new MemoryStream(), new StringBuilder());
        var most = options.Value.CallMegabytes * 1024L * 1024;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.CallSeconds), clock);
        using var tooMuch = new CancellationTokenSource();
        using var any = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token, tooMuch.Token);
        try
        {
            var result = await command
                .WithStandardOutputPipe(PipeTarget.Create((stream, pipeCt) => KeepAsync(stream, output, most, tooMuch, pipeCt)))
                .WithStandardErrorPipe(PipeTarget.ToDelegate(line => Keep(error, line)))
                .ExecuteAsync(any.Token);
            return result.ExitCode == 0
                ? Encoding.UTF8.GetString(output.GetBuffer().AsSpan(0, (int)output.Length))
                : throw GitException.Of(error.ToString());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw tooMuch.IsCancellationRequested ? GitException.TooMuch(options.Value.CallMegabytes) : GitException.TooSlow(options.Value.CallSeconds);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw GitException.Missing(options.Value.Program, e);
        }
    }

    private static async Task KeepAsync(Stream from, MemoryStream to, long most, CancellationTokenSource tooMuch, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, ct) is > 0 and var count)
        {
            if (to.Length + count > most)
            {
                await tooMuch.CancelAsync();
                return;
            }

            to.Write(buffer, 0, count);
        }
    }

    private static void Keep(StringBuilder error, string line)
    {
        if (error.Length < 2000)
        {
            error.AppendLine(line);
        }
    }
}
