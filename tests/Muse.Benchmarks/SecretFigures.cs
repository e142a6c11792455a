using System.Diagnostics;
using System.Globalization;
using System.Text;
using Muse.Benchmarks.Corpus;
using Muse.BuildingBlocks.Secrets;

namespace Muse.Benchmarks;

/// <summary>What masking costs beside a plain copy of the same text, and how often it strikes in a folder of real transcripts.</summary>
internal sealed class SecretFigures(Action<string, double, string, string> report)
{
    private const int PartLength = 1 << 20;
    private const int Parts = 100;

    /// <summary>Made-up prose, code and tool calls with a key now and then.</summary>
    public void Rate()
    {
        var made = new MadeUpText(11);
        var parts = Enumerable.Range(0, Parts).Select(_ => Part(made)).ToList();
        var length = parts.Sum(p => (long)p.Length) / 1e6;
        foreach (var warm in parts.Take(5))
        {
            Masked([warm]);
        }

        var into = new char[parts.Max(p => p.Length)];
        var clock = Stopwatch.StartNew();
        foreach (var part in parts)
        {
            part.CopyTo(into);
        }

        report("plain copy of the text", length / clock.Elapsed.TotalSeconds, "MB/s", $"{length:N0} MB");
        clock.Restart();
        var masked = Masked(parts);
        report("masked, in parts", length / clock.Elapsed.TotalSeconds, "MB/s", $"budget 50; {masked.Total} masks");
    }

    /// <summary>Masks every file of a folder, and shows each secret with what stands around it if asked to.</summary>
    public void Strikes(string folder, bool show)
    {
        var files = Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Where(f => Path.GetExtension(f) is ".jsonl" or ".json" or ".md" or ".txt" or ".log").ToList();
        var bytes = files.Sum(f => new FileInfo(f).Length) / 1e6;
        var (masked, work, found) = (new MaskedSecrets(), new SecretWork(), new List<SecretMatch>());
        var clock = new Stopwatch();
        foreach (var file in files)
        {
            var text = File.ReadAllText(file);
            found.Clear();
            clock.Start();
            SecretFinder.Find(new SecretText(text, false, work), 0, 0, text.Length, isWhole: true, found);
            clock.Stop();
            foreach (var match in found)
            {
                var mask = masked.MaskOf(match.Kind, text.AsSpan(match.Start..match.End), Path.GetRelativePath(folder, file));
                if (show)
                {
                    var (from, to) = (Math.Max(0, match.Start - 50), Math.Min(text.Length, match.End + 20));
                    Console.WriteLine($"{mask} {Path.GetFileName(file)}: {text[from..to].ReplaceLineEndings(" ")}");
                }
            }
        }

        report("real transcripts looked through", bytes / clock.Elapsed.TotalSeconds, "MB/s", $"{files.Count} files, {bytes:N1} MB");
        report("masks in a megabyte", masked.Total / bytes, "/MB", $"{masked.Total} masks of {masked.All.Count} secrets");
        foreach (var kind in masked.All.GroupBy(s => s.Kind, StringComparer.Ordinal).OrderByDescending(k => k.Sum(s => s.Count)))
        {
            report($"  {kind.Key}", kind.Sum(s => s.Count), "masks", $"{kind.Count()} secrets");
        }
    }

    private static MaskedSecrets Masked(IEnumerable<string> parts)
    {
        var masked = new MaskedSecrets();
        var writer = new MaskingWriter(TextWriter.Null, masked);
        foreach (var part in parts)
        {
            writer.Write(part);
        }

        writer.Complete();
        return masked;
    }

    private static string Part(MadeUpText made)
    {
        var text = new StringBuilder(PartLength + 10_000);
        while (text.Length < PartLength)
        {
            text.Append("the key is in the line, token by token: ").Append(made.Prose(200)).Append(made.Code(40)).Append(made.Path())
                .Append(" https://example.org/").Append(made.Word()).Append(CultureInfo.InvariantCulture, $" \"total_tokens\": {made.Next(9999)}, \"id\": \"{made.Uuid()}\" ")
                .Append(made.Next(10) == 0 ? made.Id("export API_KEY=", 32) : "").Append('\n');
        }

        return text.ToString();
    }
}
