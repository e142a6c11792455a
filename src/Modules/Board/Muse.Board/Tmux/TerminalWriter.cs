using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Muse.Board.Tmux;

/// <summary>What is to run in a new window.</summary>
/// <param name="Command">The program and its arguments; no shell sees them.</param>
internal sealed record NewPane(string Name, string Folder, IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment);

/// <summary>
/// The only way to type into a pane. Deliveries decide what may be typed and when; these are the single steps, each one
/// command by argument list. A step that throws anything but <see cref="TmuxFailure.Unconfirmed"/> has done nothing.
/// </summary>
internal interface ITerminalWriter
{
    /// <summary>Types text as if by hand, byte for byte; line feeds arrive as line feeds.</summary>
    Task TypeAsync(PaneId pane, string text, CancellationToken ct);

    /// <summary>Presses one key by tmux's name for it, such as <c>Enter</c>, <c>C-s</c> or <c>3</c>.</summary>
    Task PressAsync(PaneId pane, string key, CancellationToken ct);

    /// <summary>Pastes; as one bracketed paste if the program asked for such.</summary>
    Task PasteAsync(PaneId pane, string text, CancellationToken ct);

    /// <summary>Leaves copy mode, if it is open.</summary>
    /// <returns>How many lines it was scrolled up; null if it was not open.</returns>
    Task<int?> LeaveModeAsync(PaneId pane, CancellationToken ct);

    /// <summary>Opens copy mode again, that many lines up. A selection that was made in it is lost.</summary>
    Task RestoreModeAsync(PaneId pane, int scrolledUp, CancellationToken ct);

    /// <summary>Opens a window in a session without bringing it to the front.</summary>
    Task<PaneId> OpenWindowAsync(string socket, string session, NewPane what, CancellationToken ct);

    /// <summary>Starts a session nobody is attached to, and the server if there is none at the socket.</summary>
    Task<PaneId> OpenSessionAsync(string socket, NewPane what, CancellationToken ct);
}

/// <inheritdoc />
internal sealed partial class TerminalWriter(TmuxServers servers, TmuxProgram program) : ITerminalWriter
{
    public const int LongestPasteBytes = 64 << 10;

    /// <summary>Each byte becomes a key of its own in tmux; more at once would only wait there.</summary>
    private const int LongestTypedBytes = 4 << 10;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Sent as hexadecimal bytes (<c>-H</c>): there is nothing to quote, no key name to hit by accident, and no character
    /// that a width table does not know.
    /// </summary>
    public async Task TypeAsync(PaneId pane, string text, CancellationToken ct)
    {
        var bytes = Encode(text, LongestTypedBytes, "\n");
        await ReadyForKeysAsync(pane, ct);
        await servers.RunAsync(pane.Socket, ["send-keys", "-t", pane.Pane, "-H", .. bytes.Select(b => b.ToString("x2"))], ct);
    }

    public async Task PressAsync(PaneId pane, string key, CancellationToken ct)
    {
        if (!KeyName().IsMatch(key))
        {
            throw new ArgumentException("That is no key's name.", nameof(key));
        }

        await ReadyForKeysAsync(pane, ct);
        await servers.RunAsync(pane.Socket, ["send-keys", "-t", pane.Pane, key], ct);
    }

    public async Task PasteAsync(PaneId pane, string text, CancellationToken ct)
    {
        Encode(text, LongestPasteBytes, "\n\t");
        if ((await BeforeAsync(servers.LookAsync(pane, ct))).Dead)
        {
            throw Dead();
        }

        // A name of its own: the person's buffers and another delivery's stay as they are.
        var buffer = $"muse-{pane.Pane[1..]}";
        await BeforeAsync(servers.RunAsync(pane.Socket, ["set-buffer", "-b", buffer, "--", text], ct));
        try
        {
            await servers.RunAsync(pane.Socket, ["paste-buffer", "-p", "-d", "-b", buffer, "-t", pane.Pane], ct);
        }
        catch (TmuxException e) when (e.Failure is not (TmuxFailure.Unconfirmed or TmuxFailure.Unreachable))
        {
            await servers.RunAsync(pane.Socket, ["delete-buffer", "-b", buffer], ct);
            throw;
        }
    }

    public async Task<int?> LeaveModeAsync(PaneId pane, CancellationToken ct)
    {
        if (!(await BeforeAsync(servers.LookAsync(pane, ct))).InMode)
        {
            return null;
        }

        var mode = await BeforeAsync(servers.RunAsync(pane.Socket, ["display-message", "-p", "-t", pane.Pane, "#{pane_mode} #{scroll_position}"], ct));
        await servers.RunAsync(pane.Socket, ["copy-mode", "-q", "-t", pane.Pane], ct);
        return mode.Trim().Split(' ') is ["copy-mode", .. var position] ? position is [var up] && int.TryParse(up, CultureInfo.InvariantCulture, out var lines) ? lines : 0 : null;
    }

    public async Task RestoreModeAsync(PaneId pane, int scrolledUp, CancellationToken ct)
    {
        await servers.RunAsync(pane.Socket, ["copy-mode", "-t", pane.Pane], ct);
        if (scrolledUp > 0)
        {
            await servers.RunAsync(pane.Socket, ["send-keys", "-t", pane.Pane, "-X", "-N", scrolledUp.ToString(CultureInfo.InvariantCulture), "scroll-up"], ct);
        }
    }

    public async Task<PaneId> OpenWindowAsync(string socket, string session, NewPane what, CancellationToken ct) => Opened(
        socket, await servers.RunAsync(socket, ["new-window", "-d", "-P", "-F", "#{pane_id}", "-t", $"={session}:", "-n", Name(what), .. Program(what)], ct));

    public async Task<PaneId> OpenSessionAsync(string socket, NewPane what, CancellationToken ct)
    {
        // The size until a person attaches; wide enough that no agent folds its lines.
        string[] arguments = ["new-session", "-d", "-P", "-F", "#{pane_id}", "-s", Name(what), "-x", "160", "-y", "48", .. Program(what)];
        var opened = Opened(socket, await program.RunAsync(socket, arguments, ct));
        servers.Learn(socket);
        return opened;
    }

    /// <summary>
    /// tmux gives a single argument to a shell and several to the system, so there are always several: <c>env</c> and the
    /// program. And it expands formats in the folder, where <c>#(…)</c> runs a command and not every text can be quoted,
    /// so a folder with a <c>#</c> is changed to by <c>env</c>.
    /// </summary>
    private static IEnumerable<string> Program(NewPane what)
    {
        if (what.Command.Count == 0 || what.Command[0].Contains('=', StringComparison.Ordinal) || what.Command[0].StartsWith('-'))
        {
            throw new ArgumentException("A program's name is needed, without '=' in it and no '-' in front.", nameof(what));
        }

        var formatted = what.Folder.Contains('#', StringComparison.Ordinal);
        return
        [
            "-c", formatted ? "/" : what.Folder, .. what.Environment.SelectMany(v => (string[])["-e", $"{v.Key}={v.Value}"]), "--", "env",
            .. formatted ? [$"--chdir={what.Folder}"] : Array.Empty<string>(), .. what.Command,
        ];
    }

    private static string Name(NewPane what) => PlainName().IsMatch(what.Name)
        ? what.Name
        : throw new ArgumentException("A name has letters, digits, '-' and '_', at most 64.", nameof(what));

    private async Task ReadyForKeysAsync(PaneId pane, CancellationToken ct)
    {
        var now = await BeforeAsync(servers.LookAsync(pane, ct));
        if (now.Dead)
        {
            throw Dead();
        }

        if (now.InMode)
        {
            throw new TmuxException(TmuxFailure.PaneInMode, "The pane is in copy mode; keys would not reach the program.");
        }

        if (now.Synchronized)
        {
            throw new TmuxException(TmuxFailure.PaneSynchronized, "The pane's window types into all its panes at once (synchronize-panes); switch that off first.");
        }
    }

    /// <summary>A step before the pane is touched: without its answer nothing is in doubt.</summary>
    private static async Task<T> BeforeAsync<T>(Task<T> step)
    {
        try
        {
            return await step;
        }
        catch (TmuxException e) when (e.Failure == TmuxFailure.Unconfirmed)
        {
            throw new TmuxException(TmuxFailure.Unreachable, e.Message, e);
        }
    }

    /// <summary>Control characters are keys, and ESC begins the end of a paste: none gets through here.</summary>
    private static byte[] Encode(string text, int longest, string allowed)
    {
        if (text.Length == 0 || text.Any(c => char.IsControl(c) && !allowed.Contains(c, StringComparison.Ordinal)))
        {
            throw new ArgumentException("The text is empty or holds control characters.", nameof(text));
        }

        var bytes = Strict.GetBytes(text);
        return bytes.Length <= longest ? bytes : throw new ArgumentException($"The text is longer than {longest} bytes.", nameof(text));
    }

    private static PaneId Opened(string socket, string answer) => new PaneId(socket, answer.Trim()) is { IsValid: true } pane
        ? pane
        : throw new TmuxException(TmuxFailure.Unconfirmed, "tmux did not name the pane it opened.");

    private static TmuxException Dead() => new(TmuxFailure.PaneDead, "The pane's program has ended.");

    [GeneratedRegex(@"\A(?:[CMS]-){0,3}(?:[A-Za-z0-9]|[A-Z][A-Za-z0-9]{1,9})\z")]
    private static partial Regex KeyName();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex PlainName();
}
