using System.Diagnostics;
using System.Globalization;

namespace Muse.Insights.Tests.Git;

/// <summary>A real repository in a temp folder, on a clock of its own.</summary>
public sealed class GitSandbox
{
    public const string Ann = "ann@example.org";
    private readonly string _home;

    /// <param name="parent">Where its folder is made.</param>
    public GitSandbox(string parent, string name = "shop", params string[] init)
    {
        _home = parent;
        Folder = Directory.CreateDirectory(Path.Combine(parent, name)).FullName;
        Git(["init", "-q", "-b", "main", .. init]);
        Git("config", "user.email", Ann);
        Git("config", "user.name", "Ann");
    }

    public string Folder { get; }

    /// <summary>The time of the next commit, to the second.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Who commits next.</summary>
    public string Email { get; set; } = Ann;

    public void Pass(double minutes) => Now += TimeSpan.FromSeconds(Math.Round(minutes * 60));

    public string Git(params string[] arguments) => GitIn(Folder, arguments);

    /// <summary>What git prints; fails if git does.</summary>
    public string GitIn(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", folder, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var date = Now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        (start.Environment["GIT_AUTHOR_DATE"], start.Environment["GIT_COMMITTER_DATE"]) = (date, date);
        (start.Environment["GIT_AUTHOR_EMAIL"], start.Environment["GIT_COMMITTER_EMAIL"]) = (Email, Email);
        (start.Environment["GIT_AUTHOR_NAME"], start.Environment["GIT_COMMITTER_NAME"]) = ("A", "A");
        (start.Environment["GIT_CONFIG_GLOBAL"], start.Environment["GIT_CONFIG_NOSYSTEM"], start.Environment["HOME"]) = ("/dev/null", "1", _home);
        (start.Environment["GIT_EDITOR"], start.Environment["LC_ALL"]) = ("true", "C");
        using var git = Process.Start(start)!;
        var error = git.StandardError.ReadToEndAsync();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error.Result}{output}");
    }

    public string Write(string path, string text) => WriteIn(Folder, path, text);

    public static string WriteIn(string folder, string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public static void Allow(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    public string Head(string? folder = null) => GitIn(folder ?? Folder, "rev-parse", "HEAD").Trim();

    /// <summary>Commits all that differs.</summary>
    /// <returns>The hash, and what git printed.</returns>
    public (string Hash, string Printed) Commit(string message, string? folder = null)
    {
        GitIn(folder ?? Folder, "add", "-A");
        var printed = GitIn(folder ?? Folder, "commit", "-m", message);
        return (Head(folder), printed);
    }
}
