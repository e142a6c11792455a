namespace Muse.Sessions.Search;

/// <summary>What can be told of a regular expression's matches without looking at any text. In doubt it says less.</summary>
/// <param name="Literals">One of these stands in every match that is not empty, in some case; null if nothing can be told.</param>
/// <param name="CrossesLines">A match may hold a line break.</param>
/// <param name="IsEmpty">No match has a character.</param>
/// <param name="Unanchored">The expression without the anchors of lines and texts: it matches wherever the expression does.</param>
internal sealed record RegexShape(IReadOnlyList<string>? Literals, bool CrossesLines, bool IsEmpty, string Unanchored)
{
    /// <param name="expression">One that .NET has accepted, without look-arounds and back references.</param>
    /// <returns>Null for what is not understood.</returns>
    public static RegexShape? Of(string expression) => new Reading(expression).Shape();

    /// <param name="Exact">All texts that it matches, where they are few.</param>
    /// <param name="Needed">Otherwise: one of these is part of every match.</param>
    private readonly record struct Part(IReadOnlyList<string>? Exact, IReadOnlyList<string>? Needed)
    {
        public static readonly Part Empty = new([""], null);
        public IReadOnlyList<string>? Helpful => Useful(Exact) ?? Useful(Needed);
        public bool IsEmpty => Exact is [""];

        private static IReadOnlyList<string>? Useful(IReadOnlyList<string>? texts) => texts is null || texts.Contains("") ? null : texts;
    }

    /// <summary>One pass over an expression.</summary>
    private sealed class Reading(string expression)
    {
        private const int MostTexts = 16;
        private const int LongestText = 64;
        private const int MostCopies = 4;
        private readonly List<(int Start, int Length)> _anchors = [];
        private int _at;
        private bool _crosses;
        private bool _isLost;

        public RegexShape? Shape()
        {
            var whole = Alternatives(isWhole: true);
            if (_isLost || _at < expression.Length)
            {
                return null;
            }

            var unanchored = expression;
            for (var i = _anchors.Count - 1; i >= 0; i--)
            {
                unanchored = unanchored.Remove(_anchors[i].Start, _anchors[i].Length).Insert(_anchors[i].Start, "(?:)");
            }

            // An empty match is no hit.
            var exact = whole.Exact?.Where(text => text.Length > 0).ToList();
            var literals = exact is { Count: > 0 } ? exact : whole.Helpful;
            return new RegexShape(literals?.Any(IsHalf) == true ? null : literals, _crosses, exact is [], unanchored);
        }

        /// <summary>Half a character has no bytes of its own.</summary>
        private static bool IsHalf(string text) => char.IsLowSurrogate(text[0]) || char.IsHighSurrogate(text[^1]);

        private Part Alternatives(bool isWhole)
        {
            var all = new List<Part> { Row() };
            while (_at < expression.Length && expression[_at] == '|')
            {
                _at++;
                all.Add(Row());
            }

            if (all.Count == 1)
            {
                return all[0];
            }

            if (all.TrueForAll(p => p.Exact is not null) && all.Sum(p => p.Exact!.Count) <= MostTexts)
            {
                return new Part([.. all.SelectMany(p => p.Exact!).Distinct(StringComparer.Ordinal)], null);
            }

            var needed = all.Where(p => !isWhole || !p.IsEmpty).Select(p => p.Helpful).ToList();
            return needed.Contains(null) || needed.Sum(n => n!.Count) > MostTexts ? default : new Part(null, [.. needed.SelectMany(n => n!)]);
        }

        /// <summary>Parts that follow each other: those of few texts are joined, and the most telling of all is kept.</summary>
        private Part Row()
        {
            var (joined, isExact, best) = (Part.Empty.Exact!, true, (IReadOnlyList<string>?)null);
            while (_at < expression.Length && expression[_at] is not ('|' or ')') && !_isLost)
            {
                foreach (var part in Repeated(Atom()))
                {
                    if (part.Exact is { } exact && exact.Count * joined.Count <= MostTexts && exact.Max(t => t.Length) + joined.Max(t => t.Length) <= LongestText)
                    {
                        joined = [.. joined.SelectMany(_ => exact, (before, text) => before + text)];
                        continue;
                    }

                    best = Better(Better(best, joined), part.Needed);
                    (joined, isExact) = (part.Exact ?? Part.Empty.Exact!, false);
                }
            }

            return isExact ? new Part(joined, null) : new Part(null, Better(best, joined));
        }

        private static IReadOnlyList<string>? Better(IReadOnlyList<string>? one, IReadOnlyList<string>? other)
        {
            static (int, int) Worth(IReadOnlyList<string>? texts) => texts is null ? default : (texts.Min(t => t.Length), -texts.Count);
            return Worth(other).CompareTo(Worth(one)) > 0 && !other!.Contains("") ? other : one;
        }

        private List<Part> Repeated(Part part)
        {
            var (least, most) = Count();
            if ((least, most) is (1, 1))
            {
                return [part];
            }

            if ((least, most) is (0, 1) && part.Exact is { } exact)
            {
                return [new Part([.. exact.Append("").Distinct(StringComparer.Ordinal)], null)];
            }

            var parts = Enumerable.Repeat(part, Math.Min(least, MostCopies)).ToList();
            if (most != least || least > MostCopies)
            {
                parts.Add(default);
            }

            return parts;
        }

        private (int Least, int Most) Count()
        {
            var (least, most) = (1, 1);
            switch (_at < expression.Length ? expression[_at] : ' ')
            {
                case '*':
                    (least, most) = (0, int.MaxValue);
                    break;
                case '+':
                    most = int.MaxValue;
                    break;
                case '?':
                    least = 0;
                    break;
                case '{' when Braces() is { } counted:
                    (least, most) = counted;
                    break;
                default:
                    return (1, 1);
            }

            _at++;
            _at += _at < expression.Length && expression[_at] == '?' ? 1 : 0;
            return (least, most);
        }

        /// <summary>The numbers of <c>{2}</c>, <c>{2,}</c> or <c>{2,3}</c>, up to the closing brace; null for a brace that is a text.</summary>
        private (int Least, int Most)? Braces()
        {
            var close = expression.IndexOf('}', _at);
            var numbers = close < 0 ? [] : expression[(_at + 1)..close].Split(',');
            if (numbers.Length is not (1 or 2) || !int.TryParse(numbers[0], out var least) || !numbers[0].All(char.IsAsciiDigit))
            {
                return null;
            }

            var most = numbers.Length == 1 ? least : int.MaxValue;
            if (numbers is [_, { Length: > 0 } upper] && !(upper.All(char.IsAsciiDigit) && int.TryParse(upper, out most)))
            {
                return null;
            }

            _at = close;
            return (least, most);
        }

        private Part Atom()
        {
            var c = expression[_at++];
            switch (c)
            {
                case '(':
                    return Group();
                case '[':
                    return Class();
                case '.':
                    return default;
                case '^' or '$':
                    _anchors.Add((_at - 1, 1));
                    return Part.Empty;
                case '\\':
                    return Escape();
                default:
                    return Text(c);
            }
        }

        private Part Text(char c)
        {
            _crosses |= c == '\n';
            return new Part([c.ToString()], null);
        }

        private Part Group()
        {
            if (_at < expression.Length && expression[_at] == '?')
            {
                var end = expression.AsSpan(_at).IndexOfAny(":>')");
                var intro = end < 0 ? "" : expression[_at..(_at + end + 1)];
                if (intro.StartsWith("?'", StringComparison.Ordinal))
                {
                    intro = expression[_at..(expression.IndexOf('\'', _at + 2) + 1)];
                }

                _at += intro.Length;
                var isNamed = intro is ['?', '<' or '\'', not ('=' or '!'), ..];
                var isFlags = intro.Length > 1 && intro[1..^1].All(f => f is 'i' or 'm' or 's' or 'n' or '-');
                _crosses |= isFlags && intro.Contains('s', StringComparison.Ordinal);
                if (isFlags && intro.EndsWith(')'))
                {
                    return Part.Empty;
                }

                _isLost |= !isNamed && !(isFlags && intro.EndsWith(':'));
            }

            var inner = _isLost ? default : Alternatives(isWhole: false);
            _isLost |= _at >= expression.Length;
            _at++;
            return inner;
        }

        /// <summary>Where the class ends, and whether a line break may be in it.</summary>
        private Part Class()
        {
            var start = _at;
            var isNegated = expression[_at] == '^';
            _at += isNegated ? 1 : 0;
            for (var first = _at; _at < expression.Length && (expression[_at] != ']' || _at == first); _at++)
            {
                _isLost |= expression[_at] == '-' && expression[_at + 1] == '['; // a class taken out of another
                _at += expression[_at] == '\\' ? 1 : 0;
            }

            var inner = expression[start..Math.Min(_at++, expression.Length)];
            var isPlain = inner.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or ' ' or '.' or ',' or '/');
            _crosses |= isNegated
                ? !inner.Contains("\\n", StringComparison.Ordinal) && !inner.Contains("\\s", StringComparison.Ordinal)
                : !inner.All(c => c > ' ' && c != '\\') && !isPlain && !inner.Replace("\\d", "").Replace("\\w", "").Replace("\\S", "").All(c => c >= ' ' && c != '\\');
            return isPlain && !isNegated && inner.Length <= MostTexts ? new Part([.. inner.Select(c => c.ToString()).Distinct(StringComparer.Ordinal)], null) : default;
        }

        private Part Escape()
        {
            var c = expression[_at++];
            switch (c)
            {
                case 'd' or 'w' or 'S':
                    return default;
                case 's' or 'D' or 'W':
                    _crosses = true;
                    return default;
                case 'b' or 'B':
                    return Part.Empty;
                case 'A' or 'Z' or 'z' or 'G':
                    _anchors.Add((_at - 2, 2));
                    return Part.Empty;
                case 't':
                    return Text('\t');
                case 'r':
                    return Text('\r');
                case 'n':
                    return Text('\n');
                case 'x' or 'u':
                    var digits = expression[_at..Math.Min(expression.Length, _at + (c == 'x' ? 2 : 4))];
                    _at += digits.Length;
                    return Text((char)Convert.ToInt32(digits, 16)); // .NET accepted the digits
                case 'p' or 'P':
                    _at = expression.IndexOf('}', _at) + 1;
                    _crosses = true;
                    return default;
                default:
                    _isLost |= char.IsAsciiLetterOrDigit(c);
                    return Text(c);
            }
        }
    }
}
