using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Muse.Board.Domain;

namespace Muse.Board.Screens;

/// <summary>
/// A hash over all that a dialog asks and offers. Blanks, frames and rules are left out, as they depend on the pane's width, and so is the
/// focus. What is checked is in it: a digit pressed on a box that somebody else has checked meanwhile would clear it.
/// </summary>
internal sealed class DialogFingerprint
{
    private readonly StringBuilder _text = new();
    private readonly IReadOnlyList<Regex> _volatile;

    /// <param name="changing">Parts of a line that change while the dialog stays the same, such as an age.</param>
    public DialogFingerprint(string agent, NeedReason kind, IReadOnlyList<Regex> changing)
    {
        _volatile = changing;
        _text.Append(agent).Append('\n').Append(RuleWords.Of(kind)).Append('\n');
    }

    public void Add(string line)
    {
        foreach (var pattern in _volatile)
        {
            line = pattern.Replace(line, "");
        }

        foreach (var c in line)
        {
            if (!char.IsWhiteSpace(c) && !IsDrawing(c))
            {
                _text.Append(c);
            }
        }
    }

    public void AddChoice(int number, bool? isChecked, string label)
    {
        _text.Append('\n').Append(number).Append(isChecked switch { true => '+', false => '-', null => '.' });
        Add(label);
    }

    /// <summary>Frames, rules and blocks, the upper edge that Claude Code draws, and braille: spinners and pictures.</summary>
    public static bool IsDrawing(char c) => c is (>= '\u2500' and <= '\u259f') or (>= '\u2800' and <= '\u28ff');

    public override string ToString() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_text.ToString())))[..32];
}
