using System.Text;

namespace Muse.Board.Tmux;

/// <summary>
/// Writes a command as a line of control mode. tmux parses such a line like its configuration file: variables, comments,
/// several commands on one line. So every argument stands in double quotes, and whatever is not a plain letter, digit or
/// beyond ASCII is written as an octal escape; nothing is left for the parser to find a meaning in.
/// </summary>
internal static class ControlLine
{
    public static string Of(IEnumerable<string> arguments)
    {
        var line = new StringBuilder();
        foreach (var argument in arguments)
        {
            Quote(argument, line.Length > 0 ? line.Append(' ') : line);
        }

        return line.Append('\n').ToString();
    }

    private static void Quote(string argument, StringBuilder line)
    {
        line.Append('"');
        foreach (var c in argument)
        {
            if (char.IsAsciiLetterOrDigit(c) || c >= 0x80)
            {
                line.Append(c);
            }
            else if (c is '\0')
            {
                throw new ArgumentException("An argument cannot hold a null character.", nameof(argument));
            }
            else
            {
                line.Append('\\').Append(Convert.ToString(c, 8).PadLeft(3, '0'));
            }
        }

        line.Append('"');
    }
}
