using System.Diagnostics;
using System.Text.Json;

namespace Muse.Benchmarks;

/// <summary>What the same bytes cost without Muse, measured in the same run.</summary>
internal static class Floors
{
    /// <summary>Megabytes a second of reading every file once into a reused buffer.</summary>
    public static double PlainRead(IReadOnlyList<string> files) => Rate(files, (buffer, length) => length > 0 ? buffer[length - 1] : 0);

    /// <summary>Megabytes a second of a bare token loop over every line.</summary>
    public static double BareScan(IReadOnlyList<string> files) => Rate(files, (buffer, length) =>
    {
        var tokens = 0;
        var rest = buffer.AsSpan(0, length);
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            var reader = new Utf8JsonReader(line);
            try
            {
                while (reader.Read())
                {
                    tokens++;
                }
            }
            catch (JsonException)
            {
                // A chunk's cut line; too few to matter.
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return tokens;
    });

    private static double Rate(IReadOnlyList<string> files, Func<byte[], int, int> work)
    {
        var buffer = new byte[4 << 20];
        var (bytes, sum) = (0L, 0L);
        var clock = Stopwatch.StartNew();
        foreach (var file in files)
        {
            using var handle = File.OpenHandle(file);
            for (var offset = 0L; RandomAccess.Read(handle, buffer, offset) is > 0 and var got; offset += got)
            {
                sum += work(buffer, got);
                bytes += got;
            }
        }

        GC.KeepAlive(sum);
        return bytes / 1e6 / clock.Elapsed.TotalSeconds;
    }
}
