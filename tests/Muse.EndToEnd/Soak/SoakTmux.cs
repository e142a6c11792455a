using System.Diagnostics;
using Muse.EndToEnd.Cli;

namespace Muse.EndToEnd.Soak;

/// <summary>A tmux server of the test's own, used as a person and their scripts use it.</summary>
internal sealed class SoakTmux(MuseFolders folders) : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Where tmux looks for its sockets below TMUX_TMPDIR.</summary>
    public string Folder { get; } = Make(Path.Combine(folders.User, "t", $"tmux-{User()}"));

    public string Socket => Path.Combine(Folder, "default");

    /// <summary>A shell in a window of its own.</summary>
    public void Open(string name, string cwd, params string[] environment) => Run(
    [
        "-f", "/dev/null", "new-session", "-d", "-s", name, "-x", "120", "-y", "40", "-c", cwd,
        .. environment.SelectMany(e => (string[])["-e", e]), "-e", "PS1=$ ", "bash", "--norc", "--noprofile",
    ]);

    public void Type(string name, string text) => Run(["send-keys", "-t", $"={name}:", "-l", "--", text]);

    public void Press(string name, string key) => Run(["send-keys", "-t", $"={name}:", key]);

    public string Screen(string name) => Run(["capture-pane", "-p", "-t", $"={name}:"]);

    public void Dispose() => Run(["kill-server"], check: false);

    private static string User() => File.ReadLines("/proc/self/status").First(l => l.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];

    private static string Make(string folder) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : Directory.CreateDirectory(folder, OwnerOnly).FullName;

    private string Run(string[] arguments, bool check = true)
    {
        var start = new ProcessStartInfo("tmux", ["-S", Socket, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("TMUX");
        start.Environment.Remove("TMUX_PANE");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0 || !check, $"tmux {string.Join(' ', arguments)}: {error.Result}");
        return output;
    }
}
