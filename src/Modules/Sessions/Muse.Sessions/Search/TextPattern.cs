using System.Text.RegularExpressions;
using Muse.Sessions.Domain;

namespace Muse.Sessions.Search;

/// <summary>
/// A part of a text or a regular expression to be found in transcripts: what to look for in the bytes, a quick look at a piece
/// of raw text, and the real look at what a person reads.
/// </summary>
internal sealed class TextPattern
{
    /// <summary>The longest look at one text of an item, and at a piece of raw text: that one only has to be quick.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestQuick = TimeSpan.FromMilliseconds(100);

    /// <summary>A literal shorter than this stands in too many places to be worth looking for.</summary>
    private const int ShortestLiteral = 2;
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant;
    private readonly string? _text;
    private readonly Regex? _regex;
    private Regex? _quick;

    private TextPattern(string? text, Regex? regex, RegexShape? shape)
    {
        (_text, _regex) = (text, regex);
        var literals = text is not null ? [text] : shape?.Literals?.Min(l => l.Length) >= ShortestLiteral ? shape.Literals : null;
        Needles = literals is null ? null : [.. literals.SelectMany(TextNeedle.SpellingsOf).Distinct()];
        CrossesLines = text?.Contains('\n', StringComparison.Ordinal) ?? shape?.CrossesLines ?? true;
        HasQuotes = (text ?? regex!.ToString()).Contains('"', StringComparison.Ordinal); // there is a text or an expression
        _quick = shape is null ? null : new Regex(shape.Unanchored, Options | RegexOptions.Compiled, LongestQuick);
    }

    /// <summary>One of these stands in every line with a match; null if nothing can be told, and every line must be looked at.</summary>
    public IReadOnlyList<TextNeedle>? Needles { get; }

    /// <summary>A match may hold a line break.</summary>
    public bool CrossesLines { get; }

    /// <summary>A match may hold a quote, which ends a string of the file where a tool's output is shown as the JSON it is.</summary>
    public bool HasQuotes { get; }

    /// <summary>Finds the text, whatever the case.</summary>
    public static TextPattern Substring(string text) => new(text, null, null);

    /// <summary>Finds the expression, whatever the case, <c>^</c> and <c>$</c> at lines. In time that grows with the text only.</summary>
    /// <param name="longest">The longest look at one text of an item.</param>
    /// <returns>The pattern, or what is wrong with it.</returns>
    public static (TextPattern? Pattern, string? Fault) OfRegex(string expression, TimeSpan? longest = null)
    {
        try
        {
            var regex = new Regex(expression, Options | RegexOptions.NonBacktracking, longest ?? Longest);
            var shape = RegexShape.Of(expression);
            return shape is { IsEmpty: true } || regex.IsMatch("")
                ? (null, "It matches the empty text, which is everywhere. Ask for at least one character.")
                : (new TextPattern(null, regex, shape), null);
        }
        catch (RegexParseException e)
        {
            return (null, $"It is no regular expression: at character {e.Offset + 1}: {e.Error}.");
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException or RegexMatchTimeoutException)
        {
            return (null, "Look-arounds, back references, atomic groups and very large counts are not supported: they may take for ever.");
        }
    }

    /// <summary>
    /// False if the pattern stands nowhere in a text as it is in the file, without its escapes. What is true may be another
    /// field's name, or what only looks so where an anchor asks for more.
    /// </summary>
    public bool MayBeIn(ReadOnlySpan<char> raw)
    {
        if (_text is not null)
        {
            return raw.Contains(_text, StringComparison.OrdinalIgnoreCase);
        }

        try
        {
            return _quick?.IsMatch(raw) ?? true;
        }
        catch (RegexMatchTimeoutException)
        {
            // One of those that backtrack without end. The engine that cannot is slower, but not as slow as that.
            _quick = new Regex(_quick!.ToString(), Options | RegexOptions.NonBacktracking, Longest); // it has just been asked
            return true;
        }
    }

    /// <summary>Where it stands in a text; null if nowhere. What is empty stands nowhere.</summary>
    /// <exception cref="RegexMatchTimeoutException">It takes too long to tell.</exception>
    public (int Start, int End)? In(string text)
    {
        if (_text is not null)
        {
            var at = text.IndexOf(_text, StringComparison.OrdinalIgnoreCase);
            return at < 0 ? null : (at, at + _text.Length);
        }

        foreach (var match in _regex!.EnumerateMatches(text)) // there is a text or an expression
        {
            if (match.Length > 0)
            {
                return (match.Index, match.Index + match.Length);
            }
        }

        return null;
    }
}
