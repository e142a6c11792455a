using System.Text;

namespace Muse.Benchmarks.Corpus;

/// <summary>Words, code and terminal output made of a fixed vocabulary; the same seed gives the same text. Needs no JSON escaping but for <c>\n</c> and <c>\"</c>, which it writes escaped.</summary>
internal sealed class MadeUpText(int seed)
{
    private static readonly string[] Syllables =
        ["ka", "lo", "mi", "ren", "su", "tor", "vel", "na", "pi", "dex", "fa", "gri", "hul", "jo", "bex", "cor", "wy", "zan", "que", "ost"];

    private readonly Random _random = new(seed);
    private readonly string[] _words = MakeWords(seed);

    public int Next(int below) => _random.Next(below);

    public string Id(string prefix, int length = 22)
    {
        const string letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789";
        return string.Create(prefix.Length + length, (prefix, _random), static (text, state) =>
        {
            state.prefix.CopyTo(text);
            for (var i = state.prefix.Length; i < text.Length; i++)
            {
                text[i] = letters[state._random.Next(letters.Length)];
            }
        });
    }

    public string Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    /// <summary>Words of a Zipf-like distribution.</summary>
    public string Prose(int words)
    {
        var text = new StringBuilder(words * 8);
        for (var i = 0; i < words; i++)
        {
            text.Append(i == 0 ? "" : i % 17 == 0 ? ".\\n" : " ").Append(Word());
        }

        return text.ToString();
    }

    public string Code(int lines)
    {
        var text = new StringBuilder(lines * 48);
        for (var i = 0; i < lines; i++)
        {
            text.Append(' ', _random.Next(5) * 4).Append("var ").Append(Word()).Append(" = ").Append(Word()).Append('(')
                .Append("\\\"").Append(Word()).Append("\\\", ").Append(_random.Next(10_000)).Append(");\\n");
        }

        return text.ToString();
    }

    public string Path() => $"/home/dev/{Word()}/src/{Word()}/{Word()}.cs";

    public string Word() => _words[(int)(_words.Length * Math.Pow(_random.NextDouble(), 3))];

    private static string[] MakeWords(int seed)
    {
        var random = new Random(seed * 31);
        return [.. Enumerable.Range(0, 20_000).Select(_ => string.Concat(
            Enumerable.Range(0, 2 + random.Next(3)).Select(_ => Syllables[random.Next(Syllables.Length)])))];
    }
}
