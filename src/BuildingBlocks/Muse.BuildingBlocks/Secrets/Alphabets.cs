using System.Buffers;

namespace Muse.BuildingBlocks.Secrets;

/// <summary>What secrets are spelt with.</summary>
internal static class Alphabets
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string LettersAndDigits = Letters + "0123456789";

    public static readonly SearchValues<char> Alnum = SearchValues.Create(LettersAndDigits);
    public static readonly SearchValues<char> Word = SearchValues.Create(LettersAndDigits + "_");
    public static readonly SearchValues<char> Dash = SearchValues.Create(LettersAndDigits + "_-");
    public static readonly SearchValues<char> Dotted = SearchValues.Create(LettersAndDigits + "_-.");
    public static readonly SearchValues<char> Tilde = SearchValues.Create(LettersAndDigits + "_-.~");
    public static readonly SearchValues<char> Base64 = SearchValues.Create(LettersAndDigits + "+/=_-");
    public static readonly SearchValues<char> Percent = SearchValues.Create(LettersAndDigits + "+/=_-%.~");
    public static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");
    public static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    public static readonly SearchValues<char> Base32 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
    public static readonly SearchValues<char> Capitals = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    public static readonly SearchValues<char> Colour = SearchValues.Create("0123456789;:");
    public static readonly SearchValues<char> Blanks = SearchValues.Create(" \t");

    public static readonly SearchValues<char> NewLine = SearchValues.Create("\r\n");

    /// <summary>A key's block: base64 in lines, also with newlines written as <c>\n</c>, and the lines of its head.</summary>
    public static readonly SearchValues<char> Block = SearchValues.Create(LettersAndDigits + "+/=\r\n\t \\:,-");

    /// <summary>An assigned value without quotes: what programming languages end words with ends it.</summary>
    public static readonly SearchValues<char> Bare = SearchValues.Create(LettersAndDigits + "+/=_-.~!@#$%^*:?");

    /// <summary>A user or password in a URL.</summary>
    public static readonly SearchValues<char> UserInfo = SearchValues.Create(LettersAndDigits + "-._~!$&()*+,;=%^#?|{}[]");
}
