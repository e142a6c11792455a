using System.Globalization;

namespace Muse.Sessions.Reading.Codex;

/// <summary>What a rollout says of its thread: where it comes from, what is copied, which model, what was taken back.</summary>
internal sealed class CodexThread(CodexState state, CodexLine line)
{
    private readonly JsonFields _fields = new();
    private readonly JsonFields _inner = new();

    /// <summary>Ends the copied prefix of a fork or subagent at the first record of its own.</summary>
    public void Follow(ReadOnlySpan<byte> bytes)
    {
        if (!state.Inheriting || line.Type == "session_meta")
        {
            return;
        }

        if (state.HistoryStart >= 0 && line.Ordinal is { } ordinal)
        {
            if (ordinal >= state.HistoryStart)
            {
                EndCopy();
            }

            return;
        }

        // Copies may carry the time of the copying, but a turn's id and start stay what they were.
        var begins = line.Type == "turn_context" || line.Kind is "task_started" or "turn_started";
        var at = begins ? line.Get(bytes, "started_at"u8).Time(bytes) + 999 ?? TimeOfId(line.Get(bytes, "turn_id"u8), bytes) : null;
        if (at is null && (begins || line.Kind == "user_message"))
        {
            // No turn ids before 0.10x: copies have their own time or that of the copying, which takes no two seconds.
            at = line.AtMs - 2000;
        }

        if (at >= state.OwnStartMs)
        {
            EndCopy();
        }
    }

    /// <summary>The first meta owns the file; a later one is the parent's, copied with its history, or a resume's repeat.</summary>
    public void ReadMeta(ReadOnlySpan<byte> bytes, ReadBatch batch)
    {
        var id = line.Get(bytes, "id"u8).Text(bytes, 200) ?? "";
        if (state.SawMeta)
        {
            if (id.Length > 0 && id != state.Thread && state.OwnStartMs >= 0)
            {
                (state.Inheriting, state.UsageThread) = (true, id);
            }
            else if (line.Get(bytes, "cli_version"u8).Preview(bytes) is { Length: > 0 } newer)
            {
                batch.Header.Version = state.Version = newer;
            }

            return;
        }

        state.SawMeta = true;
        if (id.Length > 0)
        {
            (state.Thread, state.UsageThread) = (id, id);
        }

        state.OwnStartMs = line.Get(bytes, "timestamp"u8).Time(bytes) ?? line.AtMs ?? 0;
        state.TotalsBegan |= line.Get(bytes, "history_base"u8).IsObject;
        state.HistoryStart = line.Get(bytes, "subagent_history_start_ordinal"u8).Number(bytes) ?? -1;
        state.Version = line.Get(bytes, "cli_version"u8).Preview(bytes);
        batch.Header.Version = state.Version.Length > 0 ? state.Version : null;
        if (line.Get(bytes, "cwd"u8).Text(bytes, 4096) is { Length: > 0 } cwd)
        {
            batch.Header.ProjectPath ??= cwd;
            batch.Header.Cwd = cwd;
        }

        var branch = _fields.Read(bytes, line.Get(bytes, "git"u8)).Get(bytes, "branch"u8).Preview(bytes);
        batch.Header.Branch = branch.Length > 0 ? branch : null;
        ReadOrigin(bytes, batch);
    }

    public void ReadContext(ReadOnlySpan<byte> bytes, ReadBatch batch)
    {
        if (!state.Inheriting && line.Get(bytes, "cwd"u8).Text(bytes, 4096) is { Length: > 0 } cwd)
        {
            batch.Header.Cwd = cwd;
            batch.Header.ProjectPath ??= state.SawMeta ? null : cwd;
        }

        TakeModel(bytes, line.Get(bytes, "model"u8), batch);
    }

    // 0.146 and later: a person chose another model between two turns.
    public void ReadSettings(ReadOnlySpan<byte> bytes, ReadBatch batch) =>
        TakeModel(bytes, _fields.Read(bytes, line.Get(bytes, "thread_settings"u8)).Get(bytes, "model"u8), batch);

    /// <summary>The last n turns of the user are void: dropped from the conversation, not from the costs.</summary>
    public void RollBack(ReadOnlySpan<byte> bytes, ReadBatch batch)
    {
        var turns = (int)Math.Clamp(line.Get(bytes, "num_turns"u8).Number(bytes) ?? 0, 0, state.Prompts.Count);
        if (turns > 0)
        {
            var first = state.Prompts[^turns];
            state.Prompts.RemoveRange(state.Prompts.Count - turns, turns);
            for (var ordinal = first; ordinal < batch.NextOrdinal; ordinal++)
            {
                batch.Change(ordinal, change => change.AddFlags |= ItemFlags.Void);
            }
        }

        var mark = batch.Add(ItemKind.Mark, line.Offset, line.Length);
        (mark.Name, mark.AtMs) = ("rollback", line.AtMs);
        mark.Preview = turns.ToString(CultureInfo.InvariantCulture);
    }

    private void TakeModel(ReadOnlySpan<byte> bytes, JsonValue value, ReadBatch batch)
    {
        var model = line.Name(bytes, value);
        if (model.Length == 0)
        {
            return;
        }

        if (state.Model is { } before && before != model)
        {
            var mark = batch.Add(ItemKind.Mark, line.Offset, line.Length);
            (mark.Name, mark.AtMs, mark.Preview) = ("model", line.AtMs, PreviewText.From($"{before} → {model}"));
        }

        state.Model = model;
        batch.Header.Model = model;
    }

    private void ReadOrigin(ReadOnlySpan<byte> bytes, ReadBatch batch)
    {
        var parent = line.Get(bytes, "parent_thread_id"u8).Text(bytes, 200) ?? line.Get(bytes, "forked_from_id"u8).Text(bytes, 200);
        var kind = line.Get(bytes, "thread_source"u8).Preview(bytes);
        var source = _fields.Read(bytes, line.Get(bytes, "source"u8)).Get(bytes, "subagent"u8);
        if (source.IsString)
        {
            kind = source.Preview(bytes);
        }
        else if (source.IsObject)
        {
            var other = _inner.Read(bytes, source).Get(bytes, "other"u8).Preview(bytes);
            kind = other.Length > 0 ? other : "subagent";
            parent ??= _fields.Read(bytes, _inner.Get(bytes, "thread_spawn"u8)).Get(bytes, "parent_thread_id"u8).Text(bytes, 200);
        }

        batch.Header.ParentNativeId = parent;
        state.Subagent = kind is not ("" or "user") && (source.IsString || source.IsObject || kind is "subagent");
        if (kind is "review" or "compact" or "memory_consolidation" or "guardian" or "guardian_review")
        {
            (batch.Header.Internal, state.Subagent) = (true, true);
        }
    }

    private void EndCopy()
    {
        // After this a foreign meta is no copy: the prefix is read once.
        (state.Inheriting, state.UsageThread, state.OwnStartMs) = (false, state.Thread, -1);
        state.Prompts.Clear();
    }

    /// <summary>The time within a UUID of version 7.</summary>
    private static long? TimeOfId(JsonValue id, ReadOnlySpan<byte> bytes) =>
        id.IsString && id.Length == 36 && id.In(bytes)[14] == (byte)'7'
        && long.TryParse(id.Text(bytes)!.Replace("-", "", StringComparison.Ordinal).AsSpan(0, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var ms)
            ? ms : null;
}
