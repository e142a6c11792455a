using System.Diagnostics;
using Muse.Sessions.Archive;
using Muse.Sessions.Ingest;
using Muse.Sessions.Reading;

namespace Muse.Benchmarks;

/// <summary>What keeping transcripts costs, and a plain copy of the same files beside it; both with every file flushed to the disk.</summary>
internal static class ArchiveFigures
{
    /// <param name="CopyRate">Megabytes a second.</param>
    /// <param name="Ratio">Stored part of the plain bytes.</param>
    /// <param name="RangeMs">Median of reading 20 KB somewhere in a kept file that is opened for it.</param>
    public sealed record Figures(double CopyRate, double KeepRate, double Ratio, double RangeMs);

    public static Figures Of(IReadOnlyList<string> files)
    {
        var folder = Directory.CreateTempSubdirectory("muse-bench-archive-").FullName;
        try
        {
            var bytes = files.Sum(f => new FileInfo(f).Length);
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < files.Count; i++)
            {
                File.Copy(files[i], Path.Combine(folder, $"{i}.copy"));
                using var copy = File.OpenHandle(Path.Combine(folder, $"{i}.copy"), FileMode.Open, FileAccess.ReadWrite);
                RandomAccess.FlushToDisk(copy);
            }

            var copied = clock.Elapsed.TotalSeconds;
            clock.Restart();
            var kept = files.Select((f, i) => (Path: Path.Combine(folder, $"{i}.zst"), Frames: Keep(f, Path.Combine(folder, $"{i}.zst")))).ToList();
            var seconds = clock.Elapsed.TotalSeconds;
            return new Figures(bytes / 1e6 / copied, bytes / 1e6 / seconds, (double)kept.Sum(k => new FileInfo(k.Path).Length) / bytes, RangeMs(kept));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<KeptFrame> Keep(string source, string target)
    {
        using var file = File.OpenHandle(source);
        using var writer = FrameWriter.Create(target, new FrameHead("claude-code", "/", source, new TranscriptPlace("")));
        var (frames, chain, buffer) = (new List<KeptFrame>(), Array.Empty<byte>(), new byte[FrameWriter.FrameBytes]);
        for (var offset = 0L; RandomAccess.Read(file, buffer, offset) is > 0 and var got; offset += got)
        {
            var before = chain;
            var note = writer.Append(offset, buffer.AsSpan(0, got), f => new FrameNote(f, FrameNote.ChainOf(before, f.Hash), 0, default(FileStamp), 0, []));
            chain = note.Chain;
            frames.Add(note.Frame);
        }

        writer.Flush();
        return frames;
    }

    private static double RangeMs(List<(string Path, List<KeptFrame> Frames)> kept)
    {
        var (random, times, buffer) = (new Random(1), new List<double>(), new byte[20_000]);
        var readable = kept.FindAll(k => k.Frames.Count > 0);
        for (var i = 0; i < 500 && readable.Count > 0; i++)
        {
            var one = readable[random.Next(readable.Count)];
            var clock = Stopwatch.StartNew();
            using (var bytes = KeptBytes.Open(one.Path, one.Frames))
            {
                bytes.Read(random.NextInt64(Math.Max(1, bytes.Length - buffer.Length)), buffer);
            }

            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        return times.Count == 0 ? 0 : times.Order().ElementAt(times.Count / 2);
    }
}
