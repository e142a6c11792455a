namespace Muse.BuildingBlocks.Secrets;

/// <summary>
/// Masks a text that comes in parts, as <see cref="SecretMask"/> does a whole one: what is written does not depend on where the
/// parts are cut. Holds back the last <see cref="SecretFinder.Window"/> characters until more text or its end has come.
/// </summary>
/// <param name="output">Gets the masked text.</param>
/// <param name="place">Where the text stands, for the list of what was masked.</param>
public sealed class MaskingWriter(TextWriter output, MaskedSecrets masked, string? place = null)
{
    private readonly char[] _buffer = new char[4 * SecretFinder.Window];
    private readonly List<SecretMatch> _found = [];
    private readonly SecretWork _work = new();
    private int _length;

    /// <summary>Written, or masked.</summary>
    private int _done;

    /// <summary>Anchors before it have been decided.</summary>
    private int _decided;

    /// <summary>The last secret is a block that may go on.</summary>
    private bool _isOpen;

    /// <summary>Characters that checks looked at.</summary>
    internal long Visited => _work.Visited;

    /// <summary>The next part of the text.</summary>
    public void Write(ReadOnlySpan<char> part)
    {
        while (!part.IsEmpty)
        {
            var taken = Math.Min(part.Length, _buffer.Length - _length);
            part[..taken].CopyTo(_buffer.AsSpan(_length));
            _length += taken;
            part = part[taken..];
            if (_length == _buffer.Length)
            {
                Decide(isWhole: false);
            }
        }
    }

    /// <summary>The text is at its end; another may follow.</summary>
    public void Complete()
    {
        Decide(isWhole: true);
        (_length, _done, _decided, _isOpen) = (0, 0, 0, false);
    }

    private void Decide(bool isWhole)
    {
        var text = new SecretText(_buffer.AsSpan(0, _length), isCut: false, _work);
        if (_isOpen)
        {
            (_done, _isOpen) = ContextRules.BlockEnd(text, _done, isWhole);
        }

        var limit = isWhole ? _length : _length - SecretFinder.Window;
        if (!_isOpen)
        {
            _found.Clear();
            SecretFinder.Find(text, _done, Math.Max(_done, _decided), limit, isWhole, _found);
            foreach (var match in _found)
            {
                output.Write(text.Chars[_done..match.Start]);
                output.Write(masked.MaskOf(match.Kind, text.Chars[match.Start..match.End], place));
                (_done, _isOpen) = (match.End, match.IsOpen);
            }
        }

        // A secret may begin a little before the anchor that gives it away.
        var sure = isWhole ? _length : Math.Max(_done, limit - SecretFinder.Back);
        if (!_isOpen || isWhole)
        {
            output.Write(text.Chars[_done..sure]);
            _done = sure;
        }

        _decided = limit;
        var kept = Math.Max(0, Math.Min(_done, _isOpen ? _done : limit) - SecretFinder.Back);
        _buffer.AsSpan(kept.._length).CopyTo(_buffer);
        (_length, _done, _decided) = (_length - kept, _done - kept, Math.Max(0, _decided - kept));
    }
}
