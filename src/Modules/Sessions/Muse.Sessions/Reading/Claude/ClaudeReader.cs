using System.Text.Json;
using Muse.Contracts.Sessions;

namespace Muse.Sessions.Reading.Claude;

/// <summary>
/// Lines of a Claude Code transcript to items. One record holds one content block; a response is several records with
/// one message id; results come later, in any order, paired by the call's id.
/// </summary>
internal sealed class ClaudeReader(TranscriptPlace place, ClaudeState state) : ITranscriptReader
{
    private readonly ClaudeRecord _record = new();
    private readonly StringInterner _names = new();
    private readonly StringInterner _paths = new(asWritten: true);
    private readonly ClaudeUserRecords _users = new(place, state);
    private readonly ClaudeResponses _responses = new(place, state);

    public byte[] SaveState() => state.Save();

    public void ReadDocument(ReadOnlySpan<byte> document, ReadBatch batch) => ReadLine(document, 0, batch);

    public void ReadLine(ReadOnlySpan<byte> line, long offset, ReadBatch batch)
    {
        bool isObject;
        try
        {
            isObject = ClaudeRecordParser.Parse(line, _record);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            isObject = false;
        }

        if (!isObject)
        {
            var item = batch.Add(ItemKind.Malformed, offset, line.Length);
            item.Preview = JsonText.Preview(line[..Math.Min(line.Length, 1000)]);
            batch.Lines.Malformed++;
            return;
        }

        var before = batch.NextOrdinal;
        var known = ReadRecord(new ClaudeLine(line, offset, _record), batch);
        if (!known)
        {
            AddUnknown(line, offset, batch);
            batch.Lines.Unknown++;
        }
        else if (batch.NextOrdinal > before)
        {
            batch.Lines.Items++;
        }
        else
        {
            batch.Lines.Folded++;
        }
    }

    /// <summary>Reads a record of the session's own, or one that a fork copied from its parent.</summary>
    /// <returns>False if the record's type is not known.</returns>
    private bool ReadRecord(ClaudeLine line, ReadBatch batch)
    {
        if (state.CopiedUntil == 0 || _record.Uuid.IsEmpty)
        {
            return Dispatch(line, batch);
        }

        if (line.Offset >= state.CopiedUntil)
        {
            state.CopiedUntil = 0;
            line.Add(batch, ItemKind.Mark, "fork", "Forked: from here on it is a session of its own", block: -2);
            return Dispatch(line, batch);
        }

        var before = new ClaudeInheritance(batch);
        var known = Dispatch(line, batch);
        before.Apply();
        return known;
    }

    /// <returns>False if the record's type is not known.</returns>
    private bool Dispatch(ClaudeLine line, ReadBatch batch)
    {
        var type = line.Text(_record.Type);
        ReadEnvelope(line, batch.Header);
        switch (type.Length)
        {
            case 4 when type.SequenceEqual("user"u8):
                _users.Read(line, batch);
                return true;
            case 9 when type.SequenceEqual("assistant"u8):
                ReadAssistant(line, batch);
                return true;
            case 6 when type.SequenceEqual("system"u8):
                return ClaudeSystemRecords.Read(line, state, batch);
            case 10 when type.SequenceEqual("attachment"u8):
                return ClaudeSystemRecords.ReadAttachment(line, batch);
            case 8 when type.SequenceEqual("progress"u8):
                return ReadProgress(line, batch);
            case 15 when type.SequenceEqual("queue-operation"u8):
                ClaudeSystemRecords.ReadQueueOperation(line, state, batch);
                return true;
            default:
                return ClaudeSystemRecords.ReadBookkeeping(line, batch);
        }
    }

    private void ReadEnvelope(ClaudeLine line, SessionHeader header)
    {
        if (_record.AtMs is { } atMs)
        {
            header.SawTime(atMs);
        }

        if (!_record.Version.IsEmpty)
        {
            state.Version = header.Version = _names.Get(line.Text(_record.Version));
        }

        if (!_record.Cwd.IsEmpty)
        {
            header.Cwd = _paths.Get(line.Text(_record.Cwd));
            header.ProjectPath ??= header.Cwd;
        }

        if (!_record.Branch.IsEmpty)
        {
            header.Branch = _names.Get(line.Text(_record.Branch));
        }
    }

    private void ReadAssistant(ClaudeLine line, ReadBatch batch)
    {
        var synthetic = line.Text(_record.Model).SequenceEqual("<synthetic>"u8);
        if (_record.IsApiError || synthetic)
        {
            ReadSynthetic(line, batch);
            return;
        }

        if (!_record.Model.IsEmpty)
        {
            var model = _names.Get(line.Text(_record.Model));
            batch.Header.Model = model;
            if (!_record.IsSidechain || place.AgentId is not null)
            {
                if (state.Model is not null && state.Model != model)
                {
                    line.Add(batch, ItemKind.Mark, "model", PreviewText.From($"{state.Model} → {model}"), block: -1);
                }

                state.Model = model;
            }
        }

        _responses.Read(line, batch);
        if (!_record.StringContent.IsEmpty)
        {
            AddReply(line, _record.StringContent, 0, batch);
        }

        for (var i = 0; i < _record.Blocks.Count; i++)
        {
            ReadBlock(line, i, batch);
        }
    }

    private void ReadBlock(ClaudeLine line, int index, ReadBatch batch)
    {
        var block = _record.Blocks[index];
        switch (block.Type)
        {
            case ClaudeBlockType.Text:
                AddReply(line, block.Text, index, batch);
                break;
            case ClaudeBlockType.Thinking when !block.Text.IsEmpty:
                line.Add(batch, ItemKind.Thinking, null, JsonText.Preview(line.Text(block.Text)), index).Flags |= Side;
                break;
            case ClaudeBlockType.ToolUse:
                AddCall(line, block, index, batch);
                break;
            case ClaudeBlockType.ToolResult:
                _users.Resolve(line, block, batch);
                break;
            case ClaudeBlockType.Fallback:
                line.Add(batch, ItemKind.Mark, "model", "The request was refused; another model answered", index);
                break;
        }
    }

    /// <summary>A side conversation inside the session's own file (1.x) is marked; a subagent's own file is one throughout.</summary>
    private ItemFlags Side => _record.IsSidechain && place.AgentId is null ? ItemFlags.Sidechain : ItemFlags.None;

    private void AddReply(ClaudeLine line, JsonSlice text, int index, ReadBatch batch)
    {
        var preview = JsonText.Preview(line.Text(text));
        if (preview.Length == 0)
        {
            return;
        }

        var item = line.Add(batch, ItemKind.Reply, null, preview, index);
        item.Flags |= Side;
        if (item.Flags == ItemFlags.None && !line.Text(_record.StopReason).SequenceEqual("tool_use"u8))
        {
            batch.Header.LastReply = preview;
            batch.Prompts.Add(new PromptSeen(item.Ordinal, _record.AtMs ?? 0, Reply: true, preview));
        }
    }

    private void AddCall(ClaudeLine line, ClaudeBlock block, int index, ReadBatch batch)
    {
        var name = block.Name.IsEmpty ? "tool" : _names.Get(line.Text(block.Name));
        var about = line.Text(block.About);
        var item = line.Add(batch, ItemKind.Tool, name, JsonText.Preview(about), index);
        item.Flags |= Side;
        if (!block.FilePath.IsEmpty)
        {
            item.Outcome = new ToolOutcome(File: JsonText.Preview(line.Text(block.FilePath)));
        }

        if (!block.Id.IsEmpty)
        {
            item.CallId = JsonText.Unescape(line.Text(block.Id), 200);
            state.Open(item.CallId, new PendingCall(item.Ordinal, name, GitOutput.MakesCommits(about)));
        }
    }

    private void ReadSynthetic(ClaudeLine line, ReadBatch batch)
    {
        var text = _record.Blocks.Count > 0 ? _record.Blocks[0].Text : _record.StringContent;
        var preview = JsonText.Preview(line.Text(text));
        if (!_record.IsApiError)
        {
            // "No response requested." fills the gap after a resume; anything else the program says is a notice.
            if (preview.Length > 0 && preview != "No response requested.")
            {
                line.Add(batch, ItemKind.Notice, "program", preview);
            }

            return;
        }

        var code = !_record.Error.IsEmpty ? _names.Get(line.Text(_record.Error)) : IsLimit(line.Text(text)) ? "rate_limit" : "unknown";
        var item = line.Add(batch, ItemKind.Error, code, preview);
        item.Flags |= ItemFlags.Error | Side;
        batch.Errors.Add(new ErrorSeen(item.Ordinal, _record.AtMs ?? 0, code, preview));
    }

    // Before 2.0.7x an error has no code, only words.
    private static bool IsLimit(ReadOnlySpan<byte> text) =>
        text.StartsWith("Claude AI usage limit reached"u8) || text.StartsWith("Limit reached"u8) || text.StartsWith("You've hit your "u8);

    private bool ReadProgress(ClaudeLine line, ReadBatch batch)
    {
        if (line.Text(_record.DataType).SequenceEqual("agent_progress"u8))
        {
            // The subagent's conversation inline (2.1.12 - 2.1.8x): its spend counts through the same identity as its own file.
            _responses.Read(line, batch);
            return true;
        }

        return ClaudeKnownTypes.Progress.Contains(line.Text(_record.DataType));
    }

    private void AddUnknown(ReadOnlySpan<byte> line, long offset, ReadBatch batch)
    {
        var type = _record.Type.IsEmpty ? "(no type)" : JsonText.Unescape(line.Slice(_record.Type.Start, _record.Type.Length), 80);
        var detail = !_record.Subtype.IsEmpty ? _record.Subtype : !_record.AttachmentType.IsEmpty ? _record.AttachmentType : _record.DataType;
        if (!detail.IsEmpty)
        {
            type = $"{type}:{JsonText.Unescape(detail.In(line), 80)}";
        }

        type = PreviewText.From(type, 120);
        var item = batch.Add(ItemKind.Unknown, offset, line.Length);
        (item.Name, item.AtMs, item.Preview) = (type, _record.AtMs, JsonText.Preview(line[..Math.Min(line.Length, 1000)]));
        batch.CountUnknown(state.Version, type, offset);
    }
}

/// <summary>A line with its record: what every rule needs.</summary>
internal readonly ref struct ClaudeLine(ReadOnlySpan<byte> bytes, long offset, ClaudeRecord record)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public ClaudeRecord Record { get; } = record;

    public long Offset { get; } = offset;

    public int Length => _bytes.Length;

    public ReadOnlySpan<byte> Text(JsonSlice slice) => slice.In(_bytes);

    public Item Add(ReadBatch batch, ItemKind kind, string? name, string preview, int block = 0)
    {
        var item = batch.Add(kind, Offset, _bytes.Length, block);
        (item.Name, item.Preview, item.AtMs) = (name, preview, Record.AtMs);
        return item;
    }
}
