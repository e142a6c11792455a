using System.Globalization;
using Muse.Contracts.Sessions;

namespace Muse.Sessions.Reading.Gemini;

/// <summary>
/// Messages by id: a later version of one changes the items it gave before and appends what is new, so that an item
/// keeps its number however often its message is written.
/// </summary>
internal sealed class GeminiMessages(TranscriptPlace session, GeminiState state)
{
    private readonly JsonFields _part = new();
    private readonly GeminiTools _tools = new(state);
    private readonly StringInterner _interned = new();

    /// <summary>False if the message's type is not known.</summary>
    public bool Read(ReadOnlySpan<byte> line, JsonFields of, long offset, ReadBatch batch)
    {
        var at = of.Get(line, "timestamp"u8).Time(line);
        if (at is { } ms)
        {
            batch.Header.SawTime(ms);
        }

        var place = new MessagePlace(offset, line.Length, at);
        var type = of.Get(line, "type"u8);
        var id = of.Get(line, "id"u8).Text(line, 200) ?? $"at{offset.ToString(CultureInfo.InvariantCulture)}";
        if (type.Is(line, "user"u8))
        {
            ReadUser(line, of, place, id, batch);
        }
        else if (type.Is(line, "gemini"u8) || type.Is(line, "model"u8))
        {
            ReadAnswer(line, of, place, id, batch);
        }
        else if (type.Is(line, "info"u8) || type.Is(line, "warning"u8) || type.Is(line, "error"u8))
        {
            ReadNotice(line, of, place, id, batch);
        }
        else
        {
            return false;
        }

        return true;
    }

    public void ReadHeader(ReadOnlySpan<byte> line, JsonFields of, ReadBatch batch)
    {
        if (of.Get(line, "startTime"u8).Time(line) is { } start)
        {
            batch.Header.SawTime(start);
        }

        if (of.Get(line, "lastUpdated"u8).Time(line) is { } last)
        {
            batch.Header.SawTime(last);
        }

        if (session.ProjectHint is { } project)
        {
            (batch.Header.ProjectPath, batch.Header.Cwd) = (project, project);
        }

        batch.Header.Offer(of.Get(line, "summary"u8).Preview(line), TitleRank.Generated);
    }

    /// <summary>That message and all after it are void; of an id that nobody knows, all.</summary>
    public void Rewind(string id, long offset, int length, ReadBatch batch)
    {
        var first = Math.Max(0, state.Messages.IndexOf(id));
        var ordinals = state.Messages.Skip(first).SelectMany(m => (long[])[m.Value.Text, .. m.Value.Thoughts, .. m.Value.Tools.Values.Select(t => t.Ordinal)]);
        foreach (var ordinal in ordinals.Where(o => o >= 0).ToList())
        {
            batch.Change(ordinal, change => change.AddFlags |= ItemFlags.Void);
        }

        while (state.Messages.Count > first)
        {
            state.Messages.RemoveAt(state.Messages.Count - 1);
        }

        batch.Add(ItemKind.Mark, offset, length).Name = "rollback";
    }

    private void ReadUser(ReadOnlySpan<byte> line, JsonFields of, MessagePlace place, string id, ReadBatch batch)
    {
        var shown = of.Get(line, "displayContent"u8);
        var text = GeminiContent.Text(line, shown.IsNothing ? of.Get(line, "content"u8) : shown, _part, out var images, out var wrapped);
        if (wrapped && text.Length > 0 && batch.NextOrdinal > 0 && place.AtMs is { } copied)
        {
            // Since 0.5x a history that is taken up again is written once more, under new ids but with one time.
            state.CopyAtMs = copied;
        }

        if (text.Length == 0 && images == 0)
        {
            return;
        }

        var isCommand = text.Length > 0 && text.In(line)[0] is (byte)'/' or (byte)'?';
        var known = state.Message(id);
        var isNew = known.Text < 0;
        var item = Put(isCommand ? ItemKind.Notice : ItemKind.Prompt, known.Text, place, 0, text.Preview(line), batch);
        if (item is null)
        {
            return;
        }

        known.Text = item.Ordinal;
        (item.Name, item.Images) = (isCommand ? "command" : null, images);
        item.Flags |= images > 0 ? ItemFlags.Image : ItemFlags.None;
        if (isNew && !isCommand && !IsCopy(place))
        {
            EndTurn(batch);
            AddPrompt(item, batch);
        }
    }

    private void AddPrompt(Item item, ReadBatch batch)
    {
        batch.Header.Offer(item.Preview, TitleRank.FirstPrompt);
        if (session.AgentId is null)
        {
            batch.Header.LastPrompt = item.Preview;
            batch.Prompts.Add(new PromptSeen(item.Ordinal, item.AtMs ?? 0, Reply: false, item.Preview));
        }
    }

    private void ReadAnswer(ReadOnlySpan<byte> line, JsonFields of, MessagePlace place, string id, ReadBatch batch)
    {
        var known = state.Message(id);
        if (of.Get(line, "model"u8) is { IsString: true, Length: > 0 } value)
        {
            state.Model = _interned.Get(value.In(line));
            batch.Header.Model = state.Model;
        }

        var index = 0;
        var thoughts = new JsonElements(line, of.Get(line, "thoughts"u8));
        while (thoughts.MoveNext())
        {
            ReadThought(line, thoughts.Current, index++, known, place, batch);
        }

        var text = GeminiContent.Text(line, of.Get(line, "content"u8), _part, out _, out _);
        if (text.Length > 0)
        {
            var item = Put(ItemKind.Reply, known.Text, place, 0, text.Preview(line), batch);
            known.Text = item?.Ordinal ?? known.Text;
            if (!IsCopy(place))
            {
                batch.Header.LastReply = text.Preview(line);
                (state.LastReplyOrdinal, state.LastReplyAtMs, state.LastReply) = (known.Text, place.AtMs ?? 0, text.Preview(line));
            }
        }

        index = 0;
        var calls = new JsonElements(line, of.Get(line, "toolCalls"u8));
        while (calls.MoveNext())
        {
            _tools.Read(line, calls.Current, index++, known, place, batch);
        }

        // No record ends a turn. An answer that calls no tool is its last word, for all that is known by then.
        if (index == 0 && text.Length > 0 && !IsCopy(place))
        {
            EndTurn(batch);
        }

        ReadTokens(line, of.Get(line, "tokens"u8), id, known, place, batch);
    }

    private void ReadThought(ReadOnlySpan<byte> line, JsonValue thought, int index, KnownMessage known, MessagePlace place, ReadBatch batch)
    {
        _part.Read(line, thought);
        var subject = _part.Get(line, "subject"u8);
        var preview = (subject.Length > 0 ? subject : _part.Get(line, "description"u8)).Preview(line);
        var item = Put(ItemKind.Thinking, index < known.Thoughts.Count ? known.Thoughts[index] : -1, place, index, preview, batch);
        if (item is not null)
        {
            item.AtMs = _part.Get(line, "timestamp"u8).Time(line) ?? item.AtMs;
            known.Thoughts.Add(item.Ordinal);
        }
    }

    private void ReadNotice(ReadOnlySpan<byte> line, JsonFields of, MessagePlace place, string id, ReadBatch batch)
    {
        var type = of.Get(line, "type"u8);
        var text = GeminiContent.Text(line, of.Get(line, "content"u8), _part, out _, out _);
        var cancelled = text.Is(line, "Request cancelled."u8);
        var kind = type.Is(line, "error"u8) ? ItemKind.Error : cancelled ? ItemKind.Mark : ItemKind.Notice;
        var known = state.Message(id);
        var item = Put(kind, known.Text, place, 0, text.Preview(line), batch);
        if (item is null)
        {
            return;
        }

        known.Text = item.Ordinal;
        item.Name = cancelled ? "interruption" : _interned.Get(type.In(line));
        if (cancelled)
        {
            batch.Interruptions.Add(new InterruptionSeen(item.Ordinal, place.AtMs ?? 0));
        }
        else if (kind == ItemKind.Error)
        {
            batch.Errors.Add(new ErrorSeen(item.Ordinal, place.AtMs ?? 0, "error", item.Preview));
        }
    }

    /// <summary>A new item, or null if there is one already, which then is moved to this version of the message.</summary>
    private Item? Put(ItemKind kind, long ordinal, MessagePlace place, int block, string preview, ReadBatch batch)
    {
        if (ordinal >= 0)
        {
            batch.Change(ordinal, change =>
            {
                (change.Offset, change.Length, change.Block, change.Preview) = (place.Offset, place.Length, block, preview);
            });
            return null;
        }

        var item = batch.Add(kind, place.Offset, place.Length, block);
        (item.AtMs, item.Preview) = (place.AtMs, preview);
        item.Flags = IsCopy(place) ? ItemFlags.Inherited | ItemFlags.Void : ItemFlags.None;
        return item;
    }

    private bool IsCopy(MessagePlace place) => state.CopyAtMs > 0 && place.AtMs == state.CopyAtMs;

    private void EndTurn(ReadBatch batch)
    {
        if (state.LastReplyOrdinal >= 0)
        {
            batch.Prompts.Add(new PromptSeen(state.LastReplyOrdinal, state.LastReplyAtMs, Reply: true, state.LastReply));
        }

        state.LastReplyOrdinal = -1;
    }

    /// <summary>Per request: input holds what came from the cache, output does not hold the thoughts.</summary>
    private void ReadTokens(ReadOnlySpan<byte> line, JsonValue tokens, string id, KnownMessage known, MessagePlace at, ReadBatch batch)
    {
        if (!tokens.IsObject)
        {
            return;
        }

        _part.Read(line, tokens);
        var cached = _part.Get(line, "cached"u8).Count(line);
        var input = Math.Max(0, _part.Get(line, "input"u8).Count(line) + _part.Get(line, "tool"u8).Count(line) - cached);
        var thoughts = _part.Get(line, "thoughts"u8).Count(line);
        var output = _part.Get(line, "output"u8).Count(line) + thoughts;
        var figures = string.Create(CultureInfo.InvariantCulture, $"{input}-{cached}-{output}");
        if (known.Usage == figures || input + cached + output == 0)
        {
            return;
        }

        known.Usage = figures;
        batch.Usage.Add(new UsageRow(
            $"gemini:{session.AgentId ?? session.NativeId}:{id}", at.AtMs ?? 0, state.Model, input, 0, 0, cached, output, thoughts,
            0, Sidechain: false, Inherited: false, Fast: false));
    }
}

/// <summary>Where this version of a message stands, and its time.</summary>
internal readonly record struct MessagePlace(long Offset, int Length, long? AtMs);
