using System.Text.Json;

namespace Muse.Sessions.Reading.Gemini;

/// <summary>Reads lines (April 2026 and later) and documents (before), both down to their messages.</summary>
internal sealed class GeminiReader(TranscriptPlace place, GeminiState state) : ITranscriptReader
{
    private readonly JsonFields _top = new();
    private readonly JsonFields _set = new();
    private readonly GeminiMessages _messages = new(place, state);

    public void ReadLine(ReadOnlySpan<byte> line, long offset, ReadBatch batch)
    {
        if (line.Trim(" \t\r\n"u8).IsEmpty)
        {
            batch.Lines.Blank++;
            return;
        }

        if (!Parse(line))
        {
            AddMalformed(line, offset, batch);
            return;
        }

        var first = batch.NextOrdinal;
        if (!Read(line, offset, batch))
        {
            var type = TypeOf(line);
            var item = batch.Add(ItemKind.Unknown, offset, line.Length);
            (item.Name, item.AtMs, item.Preview) = (type, _top.Get(line, "timestamp"u8).Time(line), JsonText.Preview(line[..Math.Min(line.Length, 1000)]));
            batch.CountUnknown("", type, offset);
            batch.Lines.Unknown++;
        }
        else if (batch.NextOrdinal > first)
        {
            batch.Lines.Items++;
        }
        else
        {
            batch.Lines.Folded++;
        }
    }

    /// <summary>A document's messages are its records; where the file was cut while it was written, the next read sees it whole.</summary>
    public void ReadDocument(ReadOnlySpan<byte> document, ReadBatch batch)
    {
        var bytes = document.StartsWith("\uFEFF"u8) ? document[3..] : document;
        var skipped = document.Length - bytes.Length;
        if (!Parse(bytes))
        {
            AddMalformed(bytes[..Math.Min(bytes.Length, 1 << 20)], skipped, batch);
            return;
        }

        _messages.ReadHeader(bytes, _top, batch);
        var all = new JsonElements(bytes, _top.Get(bytes, "messages"u8));
        while (all.MoveNext())
        {
            // A record for itself, as if it were a line.
            var message = all.Current;
            if (message.IsObject)
            {
                ReadLine(message.In(bytes), skipped + message.Start, batch);
            }
            else
            {
                AddMalformed(message.In(bytes), skipped + message.Start, batch);
            }
        }
    }

    public byte[] SaveState() => state.Save();

    private bool Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new JsonCursor(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            _top.Read(ref reader, 0);
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // In the order in which the program itself tests its lines.
    private bool Read(ReadOnlySpan<byte> line, long offset, ReadBatch batch)
    {
        if (_top.Get(line, "$rewindTo"u8) is { IsString: true } target)
        {
            _messages.Rewind(target.Text(line, 200)!, offset, line.Length, batch);
            return true;
        }

        if (_top.Get(line, "id"u8).IsString)
        {
            return _messages.Read(line, _top, offset, batch);
        }

        if (_top.Get(line, "$set"u8) is { IsObject: true } set)
        {
            _set.Read(line, set);
            _messages.ReadHeader(line, _set, batch);
            ReadList(line, _set.Get(line, "messages"u8), offset, batch);
            return true;
        }

        if (_top.Get(line, "sessionId"u8).IsString)
        {
            _messages.ReadHeader(line, _top, batch);
            ReadList(line, _top.Get(line, "messages"u8), offset, batch);
            return true;
        }

        // Messages of hand-made documents have no id.
        return _top.Get(line, "type"u8).IsString && _messages.Read(line, _top, offset, batch);
    }

    private void ReadList(ReadOnlySpan<byte> line, JsonValue messages, long offset, ReadBatch batch)
    {
        var all = new JsonElements(line, messages);
        while (all.MoveNext())
        {
            var message = all.Current;
            if (message.IsObject)
            {
                var bytes = message.In(line);
                _set.Read(bytes, message with { Start = 0 });
                _messages.Read(bytes, _set, offset + message.Start, batch);
            }
        }
    }

    /// <summary>The type of a record nobody knows; of one without a type its first key.</summary>
    private string TypeOf(ReadOnlySpan<byte> line)
    {
        var type = _top.Get(line, "type"u8).Preview(line);
        return type.Length > 0 ? type : _top.Count > 0 && _top.At(0).Key.Preview(line) is { Length: > 0 } key ? key : "(no type)";
    }

    private static void AddMalformed(ReadOnlySpan<byte> line, long offset, ReadBatch batch)
    {
        var item = batch.Add(ItemKind.Malformed, offset, line.Length);
        item.Preview = JsonText.Preview(line[..Math.Min(line.Length, 1000)]);
        batch.Lines.Malformed++;
    }
}
