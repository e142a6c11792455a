using Muse.Contracts.Sessions;

namespace Muse.Sessions.Reading.Claude;

/// <summary>Records that nobody said: the program's own notices, marks and bookkeeping.</summary>
internal static class ClaudeSystemRecords
{
    /// <summary>A <c>system</c> record.</summary>
    /// <returns>False if its subtype is not known.</returns>
    public static bool Read(ClaudeLine line, ClaudeState state, ReadBatch batch)
    {
        var record = line.Record;
        var subtype = line.Text(record.Subtype);
        var content = line.Text(record.Content);
        if (subtype.SequenceEqual("compact_boundary"u8))
        {
            var trigger = record.CompactTrigger.IsEmpty ? "auto" : JsonText.Preview(line.Text(record.CompactTrigger), 20);
            var size = record.Number > 0 ? $", {record.Number:N0} tokens before" : "";
            state.OpenCompaction = line.Add(batch, ItemKind.Compaction, trigger, $"Compacted ({trigger}{size})").Ordinal;
        }
        else if (subtype.SequenceEqual("microcompact_boundary"u8))
        {
            line.Add(batch, ItemKind.Mark, "microcompact", "Old tool results left the context");
        }
        else if (subtype.SequenceEqual("api_error"u8))
        {
            var attempt = record.RetryAttempt > 0 ? $"Retry {record.RetryAttempt} of {record.MaxRetries}" : "The request failed and is tried again";
            line.Add(batch, ItemKind.Notice, "retry", attempt + (content.IsEmpty ? "" : ": " + JsonText.Preview(content, 160))).Flags |= ItemFlags.Error;
        }
        else if (subtype.SequenceEqual("model_refusal_fallback"u8))
        {
            line.Add(batch, ItemKind.Mark, "model", $"Refused: {JsonText.Preview(line.Text(record.Model), 60)} → {JsonText.Preview(line.Text(record.Extra), 60)}");
        }
        else if (subtype.SequenceEqual("local_command"u8))
        {
            _ = ClaudeWrappers.Read(line, content, batch);
        }
        else if (subtype.SequenceEqual("stop_hook_summary"u8))
        {
            if (record.HasHookErrors || record.PreventedContinuation)
            {
                line.Add(batch, ItemKind.Notice, "hook", record.PreventedContinuation ? "A stop hook let the turn go on" : "A stop hook failed");
            }
        }
        else if (subtype.SequenceEqual("informational"u8) || subtype.SequenceEqual("away_summary"u8) || subtype.SequenceEqual("api_refusal"u8)
            || subtype.SequenceEqual("error"u8))
        {
            var item = line.Add(batch, ItemKind.Notice, JsonText.Preview(subtype, 40), JsonText.Preview(content));
            item.Flags |= subtype[0] == 'e' ? ItemFlags.Error : ItemFlags.None;
        }
        else
        {
            return ClaudeKnownTypes.System.Contains(subtype);
        }

        return true;
    }

    /// <summary>An <c>attachment</c> record: what the program put into the context.</summary>
    /// <returns>False if its type is not known.</returns>
    public static bool ReadAttachment(ClaudeLine line, ReadBatch batch)
    {
        var record = line.Record;
        var type = line.Text(record.AttachmentType);
        var extra = JsonText.Preview(line.Text(record.Extra), 200);
        if (type.SequenceEqual("queued_command"u8))
        {
            ReadQueuedCommand(line, batch);
        }
        else if (type.SequenceEqual("edited_text_file"u8))
        {
            line.Add(batch, ItemKind.Notice, "file-changed", $"Changed outside the session: {extra}");
        }
        else if (type.SequenceEqual("hook_blocking_error"u8) || type.SequenceEqual("hook_non_blocking_error"u8))
        {
            line.Add(batch, ItemKind.Notice, "hook", extra.Length > 0 ? $"A hook failed: {extra}" : "A hook failed").Flags |= ItemFlags.Error;
        }
        else if (type.SequenceEqual("plan_mode"u8) || type.SequenceEqual("plan_mode_exit"u8))
        {
            line.Add(batch, ItemKind.Mark, "mode", type.Length == 9 ? "Plan mode" : "Plan mode left");
        }
        else if (type.SequenceEqual("goal_status"u8) || type.SequenceEqual("task_status"u8))
        {
            line.Add(batch, ItemKind.Notice, type[0] == 'g' ? "goal" : "task", extra);
        }
        else
        {
            return ClaudeKnownTypes.Attachments.Contains(type);
        }

        return true;
    }

    /// <summary>A message typed while the agent worked, delivered within the turn.</summary>
    private static void ReadQueuedCommand(ClaudeLine line, ReadBatch batch)
    {
        var record = line.Record;
        var slice = !record.StringContent.IsEmpty ? record.StringContent : record.Blocks.Find(b => b.Type == ClaudeBlockType.Text).Text;
        var text = ClaudeWrappers.WithoutContext(line.Text(slice));
        var mode = line.Text(record.CommandMode);
        var human = (mode.IsEmpty || mode.SequenceEqual("prompt"u8)) && !record.AttachmentMeta
            && (record.OriginKind.IsEmpty || line.Text(record.OriginKind).SequenceEqual("human"u8));
        if (text.IsEmpty || ClaudeWrappers.Read(line, text, batch))
        {
            return;
        }

        if (!human)
        {
            line.Add(batch, ItemKind.Notice, "program", JsonText.Preview(text)).Flags |= ItemFlags.Meta;
            return;
        }

        var item = line.Add(batch, ItemKind.Prompt, "queued", JsonText.Preview(text));
        item.Flags |= ItemFlags.Queued;
        batch.Prompts.Add(new PromptSeen(item.Ordinal, record.AtMs ?? 0, Reply: false, item.Preview));
        batch.Header.LastPrompt = item.Preview;
    }

    /// <summary>
    /// The queue of messages typed while the agent works. Before 2.1.97 a message that was put into the running turn
    /// stands nowhere else: it becomes a prompt when it leaves the queue that way.
    /// </summary>
    public static void ReadQueueOperation(ClaudeLine line, ClaudeState state, ReadBatch batch)
    {
        var record = line.Record;
        var operation = line.Text(record.Operation);
        if (operation.SequenceEqual("enqueue"u8))
        {
            state.Enqueue(new QueuedMessage(line.Offset, line.Length, JsonText.Preview(line.Text(record.Content))));
            return;
        }

        if (operation.SequenceEqual("popAll"u8))
        {
            state.Queue.Clear();
            return;
        }

        if (state.Queue.Count == 0)
        {
            return;
        }

        var message = state.Queue[0];
        state.Queue.RemoveAt(0);
        if (operation.SequenceEqual("remove"u8) && IsBefore(state.Version, 2, 1, 97) && message.Preview.Length > 0
            && !message.Preview.StartsWith("<task-notification>", StringComparison.Ordinal))
        {
            var item = batch.Add(ItemKind.Prompt, message.Offset, message.Length);
            (item.Name, item.Preview, item.AtMs, item.Flags) = ("queued", message.Preview, record.AtMs, ItemFlags.Queued);
            batch.Prompts.Add(new PromptSeen(item.Ordinal, record.AtMs ?? 0, Reply: false, item.Preview));
            batch.Header.LastPrompt = item.Preview;
        }
    }

    /// <summary>Records without a uuid that describe the session.</summary>
    /// <returns>False if the type is not known.</returns>
    public static bool ReadBookkeeping(ClaudeLine line, ReadBatch batch)
    {
        var record = line.Record;
        var type = line.Text(record.Type);
        var title = line.Text(record.Title);
        if (type.SequenceEqual("custom-title"u8))
        {
            batch.Header.Offer(JsonText.Preview(title), TitleRank.Custom);
        }
        else if (type.SequenceEqual("ai-title"u8))
        {
            batch.Header.Offer(JsonText.Preview(title), TitleRank.Generated);
        }
        else if (type.SequenceEqual("agent-name"u8))
        {
            batch.Header.Offer(JsonText.Preview(title), TitleRank.AgentName);
        }
        else if (type.SequenceEqual("last-prompt"u8) || type.SequenceEqual("summary"u8))
        {
            // The last prompt is known from the prompts; a summary often belongs to another session of the project.
        }
        else if (type.SequenceEqual("pr-link"u8))
        {
            var url = JsonText.Preview(line.Text(record.PrUrl));
            line.Add(batch, ItemKind.Mark, "pull-request", url);
            batch.Header.PullRequests.Add(url);
        }
        else if (type.SequenceEqual("worktree-state"u8))
        {
            line.Add(batch, ItemKind.Mark, "worktree", "Worktree changed");
        }
        else if (type.SequenceEqual("relocated"u8))
        {
            line.Add(batch, ItemKind.Mark, "relocated", "The session moved to another folder");
        }
        else
        {
            return ClaudeKnownTypes.Bookkeeping.Contains(type);
        }

        return true;
    }

    private static bool IsBefore(string version, int major, int minor, int patch) =>
        Version.TryParse(version, out var parsed) && parsed < new Version(major, minor, patch);
}
