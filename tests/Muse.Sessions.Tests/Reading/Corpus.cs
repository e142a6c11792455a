using System.Runtime.CompilerServices;

namespace Muse.Sessions.Tests.Reading;

/// <summary>
/// Real transcripts, where they are to be had: in the folder that MUSE_CORPUS names, or in <c>shared</c> beside the
/// repository. They are not part of it, so tests over them skip without.
/// </summary>
internal static class Corpus
{
    public const string Missing = "no corpus: set MUSE_CORPUS to a folder with corpus/ and corpus-live/";

    public static string? Folder { get; } = Find();

    public static IReadOnlyList<string> Files(string pattern, Func<string, bool> wanted) => Folder is null
        ? []
        : [.. Directory.EnumerateFiles(Folder, pattern, new EnumerationOptions { RecurseSubdirectories = true })
            .Where(wanted).Order(StringComparer.Ordinal)];

    private static string? Find([CallerFilePath] string here = "")
    {
        var named = Environment.GetEnvironmentVariable("MUSE_CORPUS");
        if (named is { Length: > 0 })
        {
            return Directory.Exists(named) ? named : null;
        }

        var repository = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
        var beside = Path.GetFullPath(Path.Combine(repository, "..", "shared"));
        return Directory.Exists(Path.Combine(beside, "corpus")) ? beside : null;
    }
}
