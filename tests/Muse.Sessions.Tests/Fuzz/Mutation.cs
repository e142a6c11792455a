using System.Text;
using System.Text.Json;

namespace Muse.Sessions.Tests.Fuzz;

/// <summary>Damages a transcript in the ways that crashes, other versions, other programs and strangers do.</summary>
internal static class Mutation
{
    /// <summary>Values that a property does not expect, as JSON.</summary>
    public static IReadOnlyList<byte[]> Wrong { get; } =
    [
        .. new[]
        {
            "null", "true", "[]", "{}", "\"\"", "\"text\"", "-1", "0.5", "1e999", "99999999999999999999999999", "\"7\"", "[null,{},[],\"x\",3]",
            "{\"type\":\"text\",\"text\":\"t\",\"content\":[],\"id\":\"i\"}", "\"\\ud800\"", "\"x\\udc00\\u0000\\u202e\\u001b[31m\\u200b y\"", "\"\\u\"",
        }.Select(Encoding.UTF8.GetBytes),
        [(byte)'"', 0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80, (byte)'"'],
        Encoding.UTF8.GetBytes(new string('[', 200) + new string(']', 200)),
        Encoding.UTF8.GetBytes(new string('[', 700) + new string(']', 700)),
        Encoding.UTF8.GetBytes($"\"{new string('é', 3000)}\""),
        Encoding.UTF8.GetBytes($"\"{string.Concat(Enumerable.Repeat("\\ud83d\\ude00", 200))}\""),
    ];

    /// <summary>One to four damages, one after the other.</summary>
    public static byte[] Of(byte[] seed, byte[] other, Random random)
    {
        var bytes = seed;
        for (var left = random.Next(1, 5); left > 0; left--)
        {
            bytes = random.Next(13) switch
            {
                0 => Lines(bytes, lines => lines.RemoveAt(random.Next(lines.Count))),
                1 => Lines(bytes, lines => lines.Insert(random.Next(lines.Count), lines[random.Next(lines.Count)])),
                2 => Lines(bytes, lines => Shuffle(lines, random)),
                3 => Lines(bytes, lines => lines.Insert(random.Next(lines.Count), Blank(random))),
                4 => Flip(bytes, random),
                5 => Splice(bytes, At(bytes, random), 0, Noise(random)),
                6 => Splice(bytes, At(bytes, random), random.Next(60), []),
                7 => bytes[..At(bytes, random)],
                8 => [.. bytes[..At(bytes, random)], .. other[At(other, random)..]],
                9 => [.. Whole(bytes, random), .. Whole(other, random)],
                10 => Splice(bytes, At(bytes, random), random.Next(3), [0]),
                _ => WrongValue(bytes, random),
            };
        }

        return bytes;
    }

    /// <summary>The places of all values in a line, as start and end; none if the line is no JSON.</summary>
    public static List<(int Start, int End)> Values(ReadOnlySpan<byte> line)
    {
        var places = new List<(int, int)>();
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 1000 });
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.EndArray or JsonTokenType.EndObject)
                {
                    continue;
                }

                var rest = reader;
                rest.Skip();
                places.Add(((int)reader.TokenStartIndex, (int)rest.BytesConsumed));
            }
        }
        catch (JsonException)
        {
            // What was found before the damage can be damaged further.
        }

        return places;
    }

    public static byte[] Splice(ReadOnlySpan<byte> bytes, int at, int removed, ReadOnlySpan<byte> added) =>
        [.. bytes[..at], .. added, .. bytes[Math.Min(bytes.Length, at + removed)..]];

    private static byte[] WrongValue(byte[] bytes, Random random)
    {
        var start = bytes.AsSpan(0, At(bytes, random)).LastIndexOf((byte)'\n') + 1;
        var length = bytes.AsSpan(start).IndexOf((byte)'\n');
        // In a document the line is no JSON of its own: it is taken as a whole.
        var (from, line) = length < 0 || Values(bytes.AsSpan(start, length)).Count < 3 ? (0, bytes) : (start, bytes[start..(start + length)]);
        var places = Values(line);
        if (places.Count == 0)
        {
            return Flip(bytes, random);
        }

        var (valueStart, valueEnd) = places[random.Next(places.Count)];
        return Splice(bytes, from + valueStart, valueEnd - valueStart, Wrong[random.Next(Wrong.Count)]);
    }

    private static byte[] Lines(byte[] bytes, Action<List<byte[]>> change)
    {
        var lines = new List<byte[]>();
        for (var rest = bytes.AsSpan(); !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)'\n') is >= 0 and var at ? at + 1 : rest.Length;
            lines.Add(rest[..end].ToArray());
            rest = rest[end..];
        }

        if (lines.Count > 0)
        {
            change(lines);
        }

        return [.. lines.SelectMany(line => line)];
    }

    private static void Shuffle(List<byte[]> lines, Random random)
    {
        var start = random.Next(lines.Count);
        var part = lines[start..Math.Min(lines.Count, start + random.Next(2, 12))].ToArray();
        random.Shuffle(part);
        lines.RemoveRange(start, part.Length);
        lines.InsertRange(start, part);
    }

    private static byte[] Blank(Random random) => random.Next(4) switch
    {
        0 => "\n"u8.ToArray(),
        1 => "\r\n"u8.ToArray(),
        2 => " \t \n"u8.ToArray(),
        _ => "{}\r\n"u8.ToArray(),
    };

    private static byte[] Flip(byte[] bytes, Random random)
    {
        var flipped = bytes.ToArray();
        if (flipped.Length > 0)
        {
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        }

        return flipped;
    }

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(1, 8)];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] Whole(byte[] bytes, Random random) => random.Next(2) == 0 ? bytes : bytes[(bytes.AsSpan(0, At(bytes, random)).LastIndexOf((byte)'\n') + 1)..];

    private static int At(byte[] bytes, Random random) => random.Next(bytes.Length + 1);
}
