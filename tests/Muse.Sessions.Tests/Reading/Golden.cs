using System.Runtime.CompilerServices;
using System.Text;
using Muse.Sessions.Reading;
using Muse.Sessions.Reading.Claude;
using Muse.Sessions.Reading.Codex;
using Muse.Sessions.Reading.Gemini;

namespace Muse.Sessions.Tests.Reading;

/// <summary>
/// A made-up transcript of one era of one agent, and beside it what its reader makes of it, in
/// <c>&lt;name&gt;.verified.txt</c>.
/// </summary>
internal sealed class Golden(string name)
{
    private const string Accept = "MUSE_ACCEPT_GOLDENS";

    /// <summary>Where all of them are, by agent.</summary>
    public static string Folder { get; } = Here();

    /// <summary>All of them, as <c>Claude/2.0-flat-subagents.jsonl</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(Path.GetDirectoryName(f)) == "Golden" && !f.EndsWith(".verified.txt", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Folder, f).Replace("/Golden/", "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Every verified file there is, with its full path.</summary>
    public static IReadOnlyList<string> AllVerified { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.verified.txt", SearchOption.AllDirectories).Where(f => Path.GetDirectoryName(f) != Folder).Order(StringComparer.Ordinal)];

    public ITranscriptFormat Format { get; } = name.Split('/')[0] switch
    {
        "Claude" => new ClaudeFormat(),
        "Codex" => new CodexFormat(),
        _ => new GeminiFormat(),
    };

    public string FullPath { get; } = Path.Combine(Folder, name.Replace("/", "/Golden/", StringComparison.Ordinal));

    public string Verified => Path.ChangeExtension(FullPath, ".verified.txt");

    public byte[] Bytes => File.ReadAllBytes(FullPath);

    public TranscriptPlace Place => Format.Identify("", FullPath, Bytes)!;

    public ReadResult Read(params IEnumerable<int> cuts) => Transcripts.Read(Format, FullPath, Place, Bytes, cuts);

    public void Verify() => Verify(Verified, GoldenText.Of(this));

    /// <summary>
    /// Compares with a verified file. With MUSE_ACCEPT_GOLDENS=1 the file is written anew, and the change is then read in
    /// review like code.
    /// </summary>
    public static void Verify(string verified, string actual)
    {
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(verified, actual);
        }

        var expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        Assert.True(
            expected == actual,
            $"What is read is not what {Path.GetRelativePath(Folder, verified)} says. If it is right, run with {Accept}=1, then read the change.\n{Difference(expected, actual)}");
    }

    /// <summary>The lines that differ, each with its sign, and what stands around them.</summary>
    private static string Difference(string expected, string actual)
    {
        var (old, now) = (expected.Split('\n'), actual.Split('\n'));
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var text = new StringBuilder();
        var (a, b, quiet) = (0, 0, 0);
        while (a < old.Length || b < now.Length)
        {
            if (a < old.Length && b < now.Length && old[a] == now[b])
            {
                text.Append(quiet++ < 2 ? $"  {old[a]}\n" : "");
                (a, b) = (a + 1, b + 1);
            }
            else if (b >= now.Length || (a < old.Length && common[a + 1, b] >= common[a, b + 1]))
            {
                text.Append($"- {old[a++]}\n");
                quiet = 0;
            }
            else
            {
                text.Append($"+ {now[b++]}\n");
                quiet = 0;
            }
        }

        return text.ToString();
    }

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
