using System.Diagnostics;
using System.Text.Json;

namespace Muse.Benchmarks;

/// <summary>What the same bytes cost without Muse, measured in the same run.</summary>
internal static class Floors
{
    /// <summary>Megabytes a second of reading every file once into a reused buffer.</summary>
    public static double PlainRead(IReadOnlyList<string> files) => Rate(files, (buffer, length) => length > 0 ? buffer[length - 1] : 0);

    /// <summary>Megabytes a second of a bare token loop over every line, and the lines that are not JSON.</summary>
    public static (double Rate, int Malformed) BareScan(IReadOnlyList<string> files)
    {
        var malformed = 0;
        var rate = Rate(files, (buffer, length) =>
        {
            var tokens = 0;
            for (var rest = buffer.AsSpan(0, length); !rest.IsEmpty;)
            {
                var end = rest.IndexOf((byte)'\n');
                var reader = new Utf8JsonReader(end < 0 ? rest : rest[..end]);
                try
                {
                    while (reader.Read())
                    {
                        tokens++;
                    }
                }
                catch (JsonException)
                {
                    malformed++;
                }

                rest = end < 0 ? default : rest[(end + 1)..];
            }

            return tokens;
        });
        return (rate, malformed);
    }

    private static double Rate(IReadOnlyList<string> files, Func<byte[], int, int> work)
    {
        var buffer = new byte[4 << 20];
        var (bytes, sum) = (0L, 0L);
        var clock = Stopwatch.StartNew();
        foreach (var file in files)
        {
            using var handle = File.OpenHandle(file);
            for (var offset = 0L; RandomAccess.Read(handle, buffer, offset) is > 0 and var got;)
            {
                // Whole lines, but for one that is longer than the buffer; the rest is read again.
                var whole = buffer.AsSpan(0, got).LastIndexOf((byte)'\n') + 1;
                var length = whole > 0 ? whole : got;
                sum += work(buffer, length);
                bytes += length;
                offset += length;
            }
        }

        GC.KeepAlive(sum);
        return bytes / 1e6 / clock.Elapsed.TotalSeconds;
    }
}
