using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Muse.Sessions.Tests.Fuzz;

/// <summary>Inputs that a reader failed once, as small as they could be made. They are part of the project and replayed for ever.</summary>
internal static class SavedInputs
{
    private static readonly string Folder = Path.Combine(Here(), "Saved");

    /// <summary>File names; each begins with the name of its subject.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.bin").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public static Subject SubjectOf(string file) => new(file[..file.LastIndexOf('-')]);

    public static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Folder, file));

    /// <returns>The name of the file.</returns>
    public static string Save(Subject subject, byte[] input)
    {
        var name = $"{subject.Name}-{Convert.ToHexStringLower(SHA256.HashData(input))[..8]}.bin";
        File.WriteAllBytes(Path.Combine(Folder, name), input);
        return name;
    }

    /// <summary>Takes away what the failure does not need: halves, quarters and so on, down to single bytes.</summary>
    public static byte[] Minimise(byte[] input, Func<byte[], bool> fails)
    {
        // A failure that needs long looking stays larger.
        var tries = 4000;
        for (var size = Math.Max(1, input.Length / 2); ; size /= 2)
        {
            for (var at = 0; at < input.Length && tries > 0;)
            {
                var less = Mutation.Splice(input, at, size, []);
                tries--;
                if (fails(less))
                {
                    input = less;
                }
                else
                {
                    at += size;
                }
            }

            if (size <= 1 || tries <= 0)
            {
                return input;
            }
        }
    }

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
