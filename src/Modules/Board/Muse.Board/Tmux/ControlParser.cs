using System.Buffers;
using System.Globalization;
using System.Text;

namespace Muse.Board.Tmux;

/// <summary>One message of tmux's control mode.</summary>
internal abstract record ControlMessage;

/// <summary>What a command answered.</summary>
/// <param name="Asked">True if this client sent the command on its input; hooks and the attach itself answer too.</param>
internal sealed record ControlReply(long Number, bool Asked, bool Failed, string Text) : ControlMessage;

/// <summary>Something happened: <c>%name arguments</c>.</summary>
internal sealed record ControlNotice(string Name, string Arguments) : ControlMessage;

/// <summary>A pane's program wrote these bytes.</summary>
internal sealed record ControlOutput(string Pane, byte[] Bytes) : ControlMessage
{
    public bool Equals(ControlOutput? other) => other is not null && Pane == other.Pane && Bytes.AsSpan().SequenceEqual(other.Bytes);

    public override int GetHashCode() => HashCode.Combine(Pane, Bytes.Length);
}

/// <summary>The stream is not what control mode promises; only a new connection helps.</summary>
internal sealed class ControlProtocolException(string message) : Exception(message);

/// <summary>
/// Takes control mode's bytes apart, however they are cut. Lines between <c>%begin</c> and its <c>%end</c> are the
/// answer's own, whatever they look like: a screen may show a line that says <c>%end</c>, but it does not know the
/// answer's time and number. If one ever did, the true end would come without a beginning, and the connection is given up.
/// </summary>
internal sealed class ControlParser
{
    private const int LongestAnswer = 16 << 20;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ArrayBufferWriter<byte> _answer = new();
    private byte[]? _header;
    private long _number;
    private bool _asked;

    public void Push(ReadOnlySpan<byte> bytes, Action<ControlMessage> found)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            if (_line.WrittenCount == 0)
            {
                ReadLine(bytes[..end], found);
            }
            else
            {
                Keep(_line, bytes[..end]);
                ReadLine(_line.WrittenSpan, found);
                _line.ResetWrittenCount();
            }

            bytes = bytes[(end + 1)..];
        }

        Keep(_line, bytes);
    }

    private void ReadLine(ReadOnlySpan<byte> line, Action<ControlMessage> found)
    {
        if (_header is not null)
        {
            ReadAnswer(line, found);
        }
        else if (line.StartsWith("%begin "u8))
        {
            Begin(line["%begin "u8.Length..]);
        }
        else if (line.StartsWith("%end "u8) || line.StartsWith("%error "u8))
        {
            throw new ControlProtocolException("An answer ended that had not begun.");
        }
        else if (line.StartsWith("%output "u8))
        {
            var rest = line["%output "u8.Length..];
            var space = Math.Max(rest.IndexOf((byte)' '), 0);
            found(new ControlOutput(Encoding.UTF8.GetString(rest[..space]), Unescape(rest[Math.Min(space + 1, rest.Length)..])));
        }
        else if (line.StartsWith("%"u8))
        {
            var text = Encoding.UTF8.GetString(line[1..]);
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            found(space < 0 ? new ControlNotice(text, "") : new ControlNotice(text[..space], text[(space + 1)..]));
        }
    }

    private void ReadAnswer(ReadOnlySpan<byte> line, Action<ControlMessage> found)
    {
        var failed = line.StartsWith("%error "u8);
        if ((failed || line.StartsWith("%end "u8)) && line[(line.IndexOf((byte)' ') + 1)..].SequenceEqual(_header))
        {
            var text = Encoding.UTF8.GetString(_answer.WrittenSpan);
            _answer.ResetWrittenCount();
            _header = null;
            found(new ControlReply(_number, _asked, failed, text.Length > 0 ? text[..^1] : text));
            return;
        }

        Keep(_answer, line);
        Keep(_answer, "\n"u8);
    }

    /// <param name="header">Seconds, number, flags; the end repeats all three.</param>
    private void Begin(ReadOnlySpan<byte> header)
    {
        var parts = Encoding.UTF8.GetString(header).Split(' ');
        if (parts.Length < 3 || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _number)
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var flags))
        {
            throw new ControlProtocolException("An answer began without its number.");
        }

        _header = header.ToArray();
        _asked = (flags & 1) != 0;
    }

    private static void Keep(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> bytes)
    {
        if (buffer.WrittenCount + bytes.Length > LongestAnswer)
        {
            throw new ControlProtocolException("An answer is longer than any screen or list of panes.");
        }

        buffer.Write(bytes);
    }

    /// <summary>Control characters and backslashes come as three octal digits.</summary>
    private static byte[] Unescape(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text.Slice(i + 1, 3).IndexOfAnyExceptInRange((byte)'0', (byte)'7') < 0)
            {
                bytes[length++] = (byte)(((text[i + 1] - '0') << 6) | ((text[i + 2] - '0') << 3) | (text[i + 3] - '0'));
                i += 3;
            }
            else
            {
                bytes[length++] = text[i];
            }
        }

        return bytes[..length];
    }
}
