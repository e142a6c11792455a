using System.Buffers;
using System.Text;

namespace Muse.Board.Screens;

/// <summary>
/// Reads a capture in one pass. Of escape sequences only SGR (colours and the like) is understood; every other one is dropped, and so are
/// control, bidirectional and zero-width characters: what comes out is harmless to match, store and show.
/// </summary>
internal sealed class AnsiScreen
{
    private const char Escape = '\u001b';
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789;:");
    private readonly string _text;
    private readonly List<ScreenLine> _lines = [];
    private readonly StringBuilder _cells = new();
    private readonly List<StyledRun> _runs = [];
    private TextStyle _style;
    private bool _styled;
    private int _at;

    private AnsiScreen(string text) => _text = text;

    public static Screen Parse(string text) => new AnsiScreen(text).Read();

    private Screen Read()
    {
        for (_at = StartOfLastRows(_text); _at < _text.Length; _at++)
        {
            var c = _text[_at];
            switch (c)
            {
                case '\n':
                    EndLine();
                    break;
                case Escape:
                    SkipEscape();
                    break;
                case '\u009b':
                    ReadControl();
                    break;
                case '\u0090' or '\u0098' or '\u009d' or '\u009e' or '\u009f':
                    SkipString();
                    break;
                case '\t':
                    Add(' ');
                    break;
                default:
                    Take(c);
                    break;
            }
        }

        if (_cells.Length > 0)
        {
            EndLine();
        }

        return new Screen(_lines, _styled);
    }

    /// <summary>A longer text is one with its history; agents draw at its end.</summary>
    private static int StartOfLastRows(string text)
    {
        var at = text.Length > 0 && text[^1] == '\n' ? text.Length - 1 : text.Length;
        for (var row = 0; row < Screen.MaxRows; row++)
        {
            at = at > 0 ? text.LastIndexOf('\n', at - 1) : -1;
            if (at < 0)
            {
                return 0;
            }
        }

        return at + 1;
    }

    private void Take(char c)
    {
        if (char.IsHighSurrogate(c) && _at + 1 < _text.Length && char.IsLowSurrogate(_text[_at + 1]))
        {
            var low = _text[++_at];
            // U+E0000 to U+E007F: invisible tags.
            if (c != '\udb40' || low > '\udc7f')
            {
                Add(c);
                Add(low);
            }
        }
        else if (char.IsSurrogate(c))
        {
            Add('\ufffd');
        }
        else if (!IsInvisible(c))
        {
            Add(c);
        }
    }

    private static bool IsInvisible(char c) => c switch
    {
        < ' ' or '\u007f' or (>= '\u0080' and <= '\u009f') => true,
        '\u00ad' or '\u061c' or '\u180e' or '\ufeff' => true,
        (>= '\u200b' and <= '\u200f') or (>= '\u2028' and <= '\u202e') or (>= '\u2060' and <= '\u206f') => true,
        _ => false,
    };

    private void Add(char c)
    {
        if (_cells.Length >= Screen.MaxColumns)
        {
            return;
        }

        if (_runs.Count > 0 && _runs[^1].Style == _style)
        {
            _runs[^1] = _runs[^1] with { Length = _runs[^1].Length + 1 };
        }
        else
        {
            _runs.Add(new StyledRun(_cells.Length, 1, _style));
        }

        _cells.Append(c);
    }

    private void EndLine()
    {
        _lines.Add(new ScreenLine(_cells.ToString(), [.. _runs]));
        _cells.Clear();
        _runs.Clear();
    }

    /// <summary>Leaves the position on the last character of the sequence. A line feed ends whatever is unfinished.</summary>
    private void SkipEscape()
    {
        if (_at + 1 >= _text.Length || _text[_at + 1] == '\n')
        {
            return;
        }

        _at++;
        switch (_text[_at])
        {
            case '[':
                ReadControl();
                break;
            case ']' or 'P' or 'X' or '^' or '_':
                SkipString();
                break;
            default:
                while (_text[_at] is >= ' ' and <= '/' && _at + 1 < _text.Length && _text[_at + 1] != '\n')
                {
                    _at++;
                }

                break;
        }
    }

    private void SkipString()
    {
        while (_at + 1 < _text.Length && _text[_at + 1] != '\n')
        {
            var c = _text[++_at];
            if (c is '\u0007' or '\u009c')
            {
                return;
            }

            if (c == Escape && _at + 1 < _text.Length && _text[_at + 1] == '\\')
            {
                _at++;
                return;
            }
        }
    }

    private void ReadControl()
    {
        var start = _at + 1;
        while (_at + 1 < _text.Length && _text[_at + 1] is >= ' ' and <= '?')
        {
            _at++;
        }

        var parameters = _text.AsSpan(start, _at + 1 - start);
        if (_at + 1 >= _text.Length || _text[_at + 1] is not (>= '@' and <= '~'))
        {
            return;
        }

        _at++;
        if (_text[_at] == 'm' && parameters.IndexOfAnyExcept(NumberCharacters) < 0)
        {
            _styled = true;
            _style = Sgr.Apply(parameters, _style);
        }
    }
}
