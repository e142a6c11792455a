using Muse.Contracts.Sessions;

namespace Muse.Sessions.Reading.Codex;

/// <summary>
/// Prompts, answers and thoughts. Each is written two or three times: as an event for the screen, as a response item
/// for the model, and from 0.149 on as a completed item. The first makes the item; a later one with the same text, of
/// another kind of record, goes into it.
/// </summary>
internal sealed class CodexMessages(CodexState state, CodexLine line)
{
    public const int PromptText = 1;
    public const int ReplyText = 2;
    public const int ThoughtText = 3;
    public const int SearchText = 4;
    public const int FromResponse = 1;
    public const int FromEvent = 2;
    public const int FromItem = 4;

    private readonly JsonFields _part = new();

    /// <summary>What went to or came from the model.</summary>
    public void ReadMessage(ReadOnlySpan<byte> bytes, ReadBatch batch)
    {
        var role = line.Get(bytes, "role"u8);
        var content = line.Get(bytes, "content"u8);
        if (role.Is(bytes, "assistant"u8))
        {
            Say(bytes, content, ReplyText, FromResponse, batch);
        }
        else if (role.Is(bytes, "user"u8))
        {
            ReadUserMessage(bytes, content, batch);
        }
    }

    public void ReadUserEvent(ReadOnlySpan<byte> bytes, ReadBatch batch) =>
        Prompt(bytes, line.Get(bytes, "message"u8), ImagesIn(bytes, line.Get(bytes, "images"u8)), FromEvent, batch);

    public void ReadUserItem(ReadOnlySpan<byte> bytes, ReadBatch batch)
    {
        var content = line.Item.Get(bytes, "content"u8);
        Prompt(bytes, FirstText(bytes, content, out var images), images, FromItem, batch);
    }

    public void ReadAgentEvent(ReadOnlySpan<byte> bytes, ReadBatch batch) => Say(bytes, line.Get(bytes, "message"u8), ReplyText, FromEvent, batch);

    public void ReadAgentItem(ReadOnlySpan<byte> bytes, ReadBatch batch) => Say(bytes, line.Item.Get(bytes, "content"u8), ReplyText, FromItem, batch);

    public void ReadReasoningEvent(ReadOnlySpan<byte> bytes, ReadBatch batch) => Say(bytes, line.Get(bytes, "text"u8), ThoughtText, FromEvent, batch);

    public void ReadReasoning(ReadOnlySpan<byte> bytes, ReadBatch batch) =>
        Think(bytes, line.Get(bytes, "summary"u8), line.Get(bytes, "content"u8), FromResponse, batch);

    public void ReadReasoningItem(ReadOnlySpan<byte> bytes, ReadBatch batch) =>
        Think(bytes, line.Item.Get(bytes, "summary_text"u8), line.Item.Get(bytes, "raw_content"u8), FromItem, batch);

    public void AddText(ItemKind kind, string? name, string preview, ReadBatch batch)
    {
        var item = batch.Add(kind, line.Offset, line.Length);
        (item.Name, item.AtMs, item.Preview) = (name, line.AtMs, preview);
    }

    public void AddError(ReadOnlySpan<byte> bytes, ReadBatch batch)
    {
        var (code, text) = CodexErrors.Read(bytes, line);
        AddText(ItemKind.Error, code, text, batch);
        state.TurnFailed = true;
        if (!state.Inheriting)
        {
            batch.Errors.Add(new ErrorSeen(batch.NextOrdinal - 1, line.AtMs ?? state.LastAtMs, code, text));
        }
    }

    /// <summary>Since 0.169 a failed turn has no error of its own in the file: only its end says so.</summary>
    public void CompleteTurn(ReadOnlySpan<byte> bytes, ReadBatch batch)
    {
        if (line.Get(bytes, "error"u8).IsObject && !state.TurnFailed)
        {
            AddError(bytes, batch);
        }

        EndTurn(batch);
    }

    /// <summary>The last word before the next prompt is known.</summary>
    public void EndTurn(ReadBatch batch)
    {
        if (state.LastReplyOrdinal >= 0 && !state.Inheriting)
        {
            batch.Prompts.Add(new PromptSeen(state.LastReplyOrdinal, state.LastReplyAtMs, Reply: true, state.LastReply));
        }

        state.LastReplyOrdinal = -1;
    }

    private void ReadUserMessage(ReadOnlySpan<byte> bytes, JsonValue content, ReadBatch batch)
    {
        var text = FirstText(bytes, content, out var images);
        if (!text.IsString || (text.Length == 0 && images == 0))
        {
            return;
        }

        // The event that follows makes the item, from this line if it has the images.
        state.Candidate = (Hash(text.In(bytes)), line.Offset, line.Length, images);
        if (!state.UserEvents)
        {
            Prompt(bytes, text, images, FromResponse, batch);
        }
    }

    private void Prompt(ReadOnlySpan<byte> bytes, JsonValue text, int images, int source, ReadBatch batch)
    {
        if (!text.IsString)
        {
            return;
        }

        state.UserEvents |= source != FromResponse;
        var hash = Hash(text.In(bytes));
        if (state.SaidBefore(PromptText, hash, source) || (source != FromResponse && CodexWrappers.IsWrapper(text.In(bytes))))
        {
            return;
        }

        EndTurn(batch);
        state.BeginTurn();
        var item = batch.Add(ItemKind.Prompt, line.Offset, line.Length);
        if (images == 0 && source != FromResponse && state.Candidate is { Images: > 0 } sent && sent.Hash == hash)
        {
            (item.Offset, item.Length, images) = (sent.Offset, sent.Length, sent.Images);
        }

        (item.AtMs, item.Images) = (line.AtMs, images);
        item.Flags = images > 0 ? ItemFlags.Image : ItemFlags.None;
        item.Preview = CodexWrappers.Preview(text.In(bytes));
        state.AddPrompt(item.Ordinal);
        if (state.Inheriting)
        {
            return;
        }

        batch.Header.Offer(item.Preview, TitleRank.FirstPrompt);
        if (!state.Subagent)
        {
            // A subagent's prompt is the calling agent's task, not a person's word.
            batch.Header.LastPrompt = item.Preview;
            batch.Prompts.Add(new PromptSeen(item.Ordinal, line.AtMs ?? state.LastAtMs, Reply: false, item.Preview));
        }
    }

    private void Say(ReadOnlySpan<byte> bytes, JsonValue content, int kind, int source, ReadBatch batch)
    {
        var text = content.IsArray ? FirstText(bytes, content, out _) : content;
        if (!text.IsString || text.Length == 0 || state.SaidBefore(kind, Hash(text.In(bytes)), source))
        {
            return;
        }

        AddText(kind == ReplyText ? ItemKind.Reply : ItemKind.Thinking, null, text.Preview(bytes), batch);
        if (kind == ReplyText)
        {
            (state.LastReplyOrdinal, state.LastReplyAtMs, state.LastReply) = (batch.NextOrdinal - 1, line.AtMs ?? state.LastAtMs, text.Preview(bytes));
            batch.Header.LastReply = state.Inheriting ? batch.Header.LastReply : state.LastReply;
        }
    }

    /// <summary>Thoughts of one record are one item, unless events said them before, one by one.</summary>
    private void Think(ReadOnlySpan<byte> bytes, JsonValue summary, JsonValue content, int source, ReadBatch batch)
    {
        var shown = FirstText(bytes, summary, out _) is { Length: > 0 } ? summary : content;
        var fresh = false;
        var preview = "";
        var parts = new JsonElements(bytes, shown);
        while (parts.MoveNext())
        {
            var text = TextOf(bytes, parts.Current);
            if (text.Length > 0 && !state.SaidBefore(ThoughtText, Hash(text.In(bytes)), source))
            {
                fresh = true;
                preview = preview.Length > 0 ? preview : text.Preview(bytes);
            }
        }

        if (fresh)
        {
            AddText(ItemKind.Thinking, null, preview, batch);
        }
    }

    /// <summary>The first text that is no wrapper; a message to the model may begin with several of them.</summary>
    private JsonValue FirstText(ReadOnlySpan<byte> bytes, JsonValue content, out int images)
    {
        images = 0;
        if (content.IsString)
        {
            return CodexWrappers.IsWrapper(content.In(bytes)) ? default : content;
        }

        JsonValue found = default;
        var parts = new JsonElements(bytes, content);
        while (parts.MoveNext())
        {
            var text = TextOf(bytes, parts.Current);
            if (parts.Current.IsObject && _part.Get(bytes, "image_url"u8).IsString)
            {
                images++;
            }
            else if (found.Length == 0 && text.Length > 0 && !CodexWrappers.IsWrapper(text.In(bytes)))
            {
                found = text;
            }
        }

        return found.IsString || images == 0 ? found : new JsonValue(System.Text.Json.JsonTokenType.String, content.Start, 0);
    }

    private JsonValue TextOf(ReadOnlySpan<byte> bytes, JsonValue part)
    {
        if (part.IsString)
        {
            return part;
        }

        var text = _part.Read(bytes, part).Get(bytes, "text"u8);
        return text.IsString ? text : default;
    }

    private static int ImagesIn(ReadOnlySpan<byte> bytes, JsonValue images)
    {
        var count = 0;
        var all = new JsonElements(bytes, images);
        while (all.MoveNext())
        {
            count += all.Current.IsString ? 1 : 0;
        }

        return count;
    }

    /// <summary>FNV-1a over the head, with the length: the same on every machine, as it is saved.</summary>
    internal static ulong Hash(ReadOnlySpan<byte> text)
    {
        var hash = 14695981039346656037UL ^ (ulong)text.Length;
        foreach (var b in text[..Math.Min(text.Length, 2048)])
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        return hash;
    }
}
