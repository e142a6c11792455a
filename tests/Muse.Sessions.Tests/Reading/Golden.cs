using System.Runtime.CompilerServices;

namespace Muse.Sessions.Tests.Reading;

/// <summary>
/// Compares with the file of the same name ending in <c>.verified.json</c>. MUSE_UPDATE_GOLDEN=1 writes it anew; the
/// change is then read in review like code.
/// </summary>
internal static class Golden
{
    public static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");

    public static void Verify(string input, string actual)
    {
        var verified = Path.ChangeExtension(input, ".verified.json");
        if (Environment.GetEnvironmentVariable("MUSE_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(verified, actual + "\n");
        }

        Assert.True(File.Exists(verified), $"{verified} is missing; write it with MUSE_UPDATE_GOLDEN=1 and read it.");
        Assert.Equal(File.ReadAllText(verified).TrimEnd(), actual.TrimEnd());
    }
}
