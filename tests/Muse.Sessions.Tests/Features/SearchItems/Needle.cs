namespace Muse.Sessions.Tests.Features.SearchItems;

/// <summary>Something that stands in one item only.</summary>
/// <param name="Mode">How it is searched for: words, substring or regex.</param>
/// <param name="Session">Muse's id.</param>
/// <param name="Agent">The subagent in whose transcript it stands.</param>
/// <param name="Text">What the opened item must show.</param>
internal sealed record Needle(string Kind, string Mode, string Query, string Session, string? Agent, string Text);

/// <summary>Words that no other text holds, one unlike the other within a few letters.</summary>
internal sealed class NeedleWords
{
    private const string Consonants = "bdfgklmnprstvw";
    private const string Vowels = "aeiou";
    private int _count;

    public string Next()
    {
        var number = ++_count * 7919 % (70 * 70 * 70);
        var word = "zu";
        for (var i = 0; i < 3; i++, number /= 70)
        {
            word += $"{Consonants[number % 14]}{Vowels[number / 14 % 5]}";
        }

        return word + "xi";
    }

    /// <summary>Three ideographs.</summary>
    public string NextIdeographs()
    {
        var number = ++_count;
        return $"{(char)(0x5200 + (number % 89))}{(char)(0x6300 + (number / 7 % 97))}{(char)(0x7400 + number)}";
    }

    public string NextCyrillic()
    {
        var number = ++_count;
        return $"{(char)('а' + (number % 30))}{(char)('б' + (number / 3 % 28))}ыж{(char)('в' + (number / 29 % 25))}ю{(char)('а' + (number * 7 % 30))}";
    }

    public int NextNumber() => 100_000 + (++_count * 317);
}
