using System.Text;
using System.Text.RegularExpressions;
using Muse.Sessions.Domain;

namespace Muse.Sessions.Search;

/// <summary>
/// A part of a text or a regular expression to be found in transcripts: a quick look at the bytes that tells which lines may
/// hold it, and the real look at what a person reads of them.
/// </summary>
internal sealed class TextPattern
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>A literal shorter than this stands in too many lines to be worth looking for.</summary>
    private const int ShortestLiteral = 3;
    private readonly string? _text;
    private readonly Regex? _regex;

    private TextPattern(string? text, Regex? regex, IReadOnlyList<TextNeedle>? needles) => (_text, _regex, Needles) = (text, regex, needles);

    /// <summary>One of these stands in every line with a match; null if nothing can be told, and every line must be read.</summary>
    public IReadOnlyList<TextNeedle>? Needles { get; }

    /// <summary>Finds the text, whatever the case.</summary>
    public static TextPattern Substring(string text) => new(text, null, TextNeedle.SpellingsOf(text));

    /// <summary>Finds the expression, whatever the case, <c>^</c> and <c>$</c> at lines. In time that grows with the text only.</summary>
    /// <returns>The pattern, or what is wrong with it.</returns>
    public static (TextPattern? Pattern, string? Fault) OfRegex(string expression)
    {
        try
        {
            const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant;
            var regex = new Regex(expression, options, Longest);
            if (regex.IsMatch(""))
            {
                return (null, "It matches the empty text, which is everywhere. Ask for at least one character.");
            }

            var literal = Literal(expression);
            return (new TextPattern(null, regex, literal is null ? null : TextNeedle.SpellingsOf(literal)), null);
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

    /// <summary>The longest run of plain characters that every match must hold; null if there is none that helps.</summary>
    internal static string? Literal(string expression)
    {
        if (expression.Contains("(?", StringComparison.Ordinal))
        {
            return null;
        }

        var (best, run, depth) = ("", new StringBuilder(), 0);
        for (var i = 0; i < expression.Length; i++)
        {
            var c = expression[i];
            var escaped = c == '\\' && i + 1 < expression.Length;
            c = escaped ? expression[++i] : c;
            if (!escaped && c == '|' && depth == 0)
            {
                return null;
            }

            // A character that may be left out is no part of every match.
            var next = i + 1 < expression.Length ? expression[i + 1] : ' ';
            var isPlain = escaped ? c is '.' or '-' or '(' or ')' or '[' or ']' or '+' or '*' or '?' or '{' or '}' or '|' or '^' or '$'
                : char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ' ' or ':' or ',' or ';' or '=' or '@' or '#' or '%' or '!' or '~';
            if (depth == 0 && isPlain && next is not ('*' or '?' or '{'))
            {
                run.Append(c);
                if (next != '+')
                {
                    continue;
                }
            }

            best = run.Length > best.Length ? run.ToString() : best;
            run.Clear();
            depth += escaped ? 0 : c switch { '(' => 1, ')' => -1, _ => 0 };
            if (!escaped && c == '[')
            {
                i = EndOfClass(expression, i);
            }
            else if (!escaped && c == '{')
            {
                var close = expression.IndexOf('}', i);
                i = close < 0 ? i : close;
            }
            else if (escaped && c is 'u' or 'x' or 'c' or 'p' or 'P' or 'k' or '0')
            {
                return null; // what follows belongs to the escape
            }
        }

        best = run.Length > best.Length ? run.ToString() : best;
        return best.Length >= ShortestLiteral ? best : null;
    }

    private static int EndOfClass(string expression, int at)
    {
        // A bracket right at the beginning is one of the class.
        at += at + 1 < expression.Length && expression[at + 1] == '^' ? 2 : 1;
        at += at < expression.Length && expression[at] == ']' ? 1 : 0;
        while (at < expression.Length && expression[at] != ']')
        {
            at += expression[at] == '\\' ? 2 : 1;
        }

        return at;
    }
}
