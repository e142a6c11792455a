using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Muse.Testing;

namespace Muse.Sessions.Tests.Features.SearchItems;

/// <summary>However the bytes are looked through, what is found is what reading every item finds.</summary>
public sealed class ScanMatchesTests
{
    private const int Items = 60;
    private static readonly string[] Pieces =
    [
        "\"", "\\", "\n", "\t", "/", "{\"key\":\"value\"}", "C:\\dir\\new", "naïve", "ÉCOLE", "Привет", "針の穴", "😀", "foo(bar, 12)", "x = y;", "opus-4", "main", "  ", "\r\n",
        "type", "parentUuid", "a\u001b[31mred", "\\n", "\\\\", "\\u0041", "12:30", "k", "_", "null",
    ];

    [Fact]
    public async Task A_look_finds_what_reading_all_items_finds()
    {
        await using var muse = new MuseHost();
        var random = new Random(29);
        var texts = new List<string[]>();
        var transcript = A.Transcript(muse, "s");
        for (var i = 0; i < Items; i++)
        {
            var (said, output) = (Text(random), Text(random));
            texts.Add(i % 2 == 0 ? [said] : [said, output]);
            _ = i % 2 == 0 ? transcript.Reply(said) : transcript.Call($"c{i}", "Bash", new JsonObject { ["command"] = said }).Result($"c{i}", output);
        }

        await muse.SettleAsync();
        for (var i = 0; i < 200; i++)
        {
            var from = texts[random.Next(Items)][0];
            var at = random.Next(from.Length);
            var slice = from[at..Math.Min(from.Length, at + 1 + random.Next(12))];
            if (char.IsLowSurrogate(slice[0]) || char.IsHighSurrogate(slice[^1]) || string.IsNullOrWhiteSpace(slice) || slice != slice.Trim())
            {
                continue;
            }

            var expression = string.Concat(slice.Select(c => random.Next(4) switch
            {
                0 when c != '\n' && !char.IsSurrogate(c) => ".",
                1 when char.IsAsciiLetterOrDigit(c) => $"[{c}_]",
                2 when char.IsWhiteSpace(c) => "\\s+",
                _ => Regex.Escape(c.ToString()),
            }));
            var regex = new Regex(expression, RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant);
            Assert.Equal($"'{slice}' {texts.Count(t => t.Any(part => part.Contains(slice, StringComparison.OrdinalIgnoreCase)))}", $"'{slice}' {await CountAsync(muse, "substring", slice)}");
            Assert.Equal($"{expression} {texts.Count(t => t.Any(part => regex.IsMatch(part)))}", $"{expression} {await CountAsync(muse, "regex", expression)}");
        }
    }

    private static string Text(Random random) =>
        $"T{string.Concat(Enumerable.Range(0, 3 + random.Next(12)).Select(_ => random.Next(5) == 0 ? $"w{random.Next(40)}" : Pieces[random.Next(Pieces.Length)]))}e";

    private static async Task<int> CountAsync(MuseHost muse, string mode, string q) =>
        (await ScanEvents.OfAsync(muse, mode, q)).Groups.Sum(g => g.GetProperty("hits").GetArrayLength() + g.GetProperty("more").GetInt32());
}
