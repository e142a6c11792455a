using System.Buffers;

namespace Muse.BuildingBlocks.Secrets;

/// <summary>Tells what a machine drew from what a person wrote in its place.</summary>
internal static class Randomness
{
    /// <summary>Unlike dashes and dots these do not join words.</summary>
    private static readonly SearchValues<char> SymbolSet = SearchValues.Create("!@#$%^*?~");

    /// <summary>Never part of a secret by chance in the lengths that are looked at.</summary>
    private static readonly SearchValues<string> LongWords = SearchValues.Create(
        ["example", "xxxxxx", "changeme", "placeholder", "redacted", "1234567890", "abcdefgh", "yourtoken", "your_", "your-", "dummykey"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Where a name says that a value is secret, the value must not say that it is none.</summary>
    private static readonly SearchValues<string> Words = SearchValues.Create(
        [
            "your", "xxx", "***", "change", "placeholder", "dummy", "masked", "todo", "insert", "replace", "sample", "fake", "test", "mock", "demo", "default",
            "none", "null", "undefined", "12345678", "abcdef", "qwerty", "secret", "password", "passwd", "token", "credential", "apikey", "api_key", "api-key",
            "environ", "getenv", "example", "redacted", "...", "${", "{{", "<", "$(", "%s", "%(", "http:", "https:", "/usr/", "/home/", "function", "string",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Weak = SearchValues.Create(
        [
            "admin", "root", "postgres", "mysql", "guest", "user", "pass", "pwd", "foo", "bar", "baz", "letmein", "minio", "rabbit", "redis", "mongo", "hunter",
            "welcome", "local", "p@ss", "pw",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>The rest of a token whose prefix names its kind.</summary>
    public static bool IsBody(ReadOnlySpan<char> body)
    {
        if (body.ContainsAny(LongWords) || HasRun(body, 6))
        {
            return false;
        }

        var shape = Shape.Of(body);
        return shape.Distinct >= Math.Min(7, body.Length / 2) && shape.Classes >= 2;
    }

    /// <summary>What is assigned to a name that says that it is secret.</summary>
    /// <param name="isQuoted">Without quotes it may be code.</param>
    public static bool IsValue(ReadOnlySpan<char> value, bool isQuoted)
    {
        if (value.Length < (isQuoted ? 12 : 16) || value.ContainsAny(Words) || value[0] is '$' or '%' or '@' or '/' or '#' or '*' or '!' || HasRun(value, 5))
        {
            return false;
        }

        if (!isQuoted && value.Contains('.'))
        {
            return false; // a path through objects
        }

        var shape = Shape.Of(value);
        var least = value.Length < 20 ? 2.75 : 3.0;
        return shape.Digits >= 2 && shape.Letters >= 2 && Entropy(value) >= least
            && (shape.IsHex || (shape.Changes >= 0.2 * (value.Length - 1) && !IsWords(value)));
    }

    /// <summary>A password that a person chose.</summary>
    public static bool IsPassword(ReadOnlySpan<char> value, bool isQuoted)
    {
        if (value.Length < (isQuoted ? 6 : 8) || value.ContainsAny(Words) || value.ContainsAny(Weak) || value[0] is '$' or '%' or '/' or '*' || HasRun(value, 4))
        {
            return false;
        }

        if (!isQuoted && value.ContainsAny('.', ':', '/'))
        {
            return false; // a path, or more of a list
        }

        var shape = Shape.Of(value);
        return shape.Letters > 0 && shape.Digits + shape.Symbols > 0 && shape.Classes >= 2 && Entropy(value) >= 2.3 && !IsWords(value);
    }

    /// <summary>A password in a URL: what stands there is one, unless it is what everybody writes there.</summary>
    public static bool IsUrlPassword(ReadOnlySpan<char> user, ReadOnlySpan<char> password) =>
        password.Length >= 5 && !password.SequenceEqual(user) && !password.ContainsAny(Words) && !HasRun(password, 4)
        && !password.ContainsAny("{}$") && (password.Length >= 12 || !password.ContainsAny(Weak)) && !password.SequenceEqual("pass");

    /// <summary>Bits for a character, by how often each occurs.</summary>
    private static double Entropy(ReadOnlySpan<char> value)
    {
        Span<ushort> counts = stackalloc ushort[128];
        counts.Clear();
        var ascii = 0;
        foreach (var c in value)
        {
            if (c < 128)
            {
                counts[c]++;
                ascii++;
            }
        }

        var bits = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var part = (double)count / ascii;
                bits -= part * Math.Log2(part);
            }
        }

        return bits;
    }

    private static bool HasRun(ReadOnlySpan<char> value, int length)
    {
        var run = 1;
        for (var i = 1; i < value.Length; i++)
        {
            run = value[i] == value[i - 1] ? run + 1 : 1;
            if (run >= length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Words or short numbers with separators between them: <c>release-2024-final</c>.</summary>
    private static bool IsWords(ReadOnlySpan<char> value)
    {
        foreach (var range in value.SplitAny("-_./:+= "))
        {
            var part = value[range];
            if (part.IndexOfAnyExceptInRange('0', '9') < 0 ? part.Length > 4 : part.IndexOfAnyInRange('0', '9') >= 0 || part.ContainsAny(SymbolSet))
            {
                return false;
            }
        }

        return true;
    }

    private readonly record struct Shape(int Letters, int Digits, int Symbols, int Classes, int Distinct, int Changes, bool IsHex)
    {
        public static Shape Of(ReadOnlySpan<char> value)
        {
            Span<int> counts = stackalloc int[4];
            counts.Clear();
            UInt128 seen = 0;
            var (changes, last) = (0, -1);
            foreach (var c in value)
            {
                var kind = char.IsAsciiLetterLower(c) ? 0 : char.IsAsciiLetterUpper(c) ? 1 : char.IsAsciiDigit(c) ? 2 : 3;
                counts[kind]++;
                changes += last >= 0 && kind != last ? 1 : 0;
                last = kind;
                seen |= UInt128.One << (c & 127);
            }

            var symbols = value.ContainsAny(SymbolSet) ? 1 : 0;
            var classes = (counts[0] > 0 ? 1 : 0) + (counts[1] > 0 ? 1 : 0) + (counts[2] > 0 ? 1 : 0) + symbols;
            return new Shape(
                counts[0] + counts[1], counts[2], symbols, classes, (int)UInt128.PopCount(seen), changes, value.IndexOfAnyExcept(Alphabets.Hex) < 0);
        }
    }
}
