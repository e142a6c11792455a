using Muse.Contracts.Sessions;

namespace Muse.Sessions.Reading.Codex;

/// <summary>The events beside a call and its output, which know the exit code, the duration, the diff, the subagent.</summary>
internal sealed class CodexToolEnds(CodexState state, CodexLine line, CodexTools tools)
{
    private readonly JsonFields _change = new();

    public void Read(ReadOnlySpan<byte> bytes, JsonFields of, JsonValue callId, ReadBatch batch)
    {
        if (callId.Text(bytes, 200) is not { Length: > 0 } id || !state.Calls.TryGetValue(id, out var call))
        {
            return;
        }

        var changes = of.Get(bytes, "changes"u8);
        var status = of.Get(bytes, "status"u8);
        var failed = of.Get(bytes, "success"u8).Bool(bytes) == false || status.Is(bytes, "failed"u8);
        var denied = status.Is(bytes, "declined"u8);
        call.DurationMs = CodexOutput.DurationMs(bytes, of.Get(bytes, "duration"u8), line.Inner) ?? call.DurationMs;
        call.Failed |= failed && of.Get(bytes, "exit_code"u8).IsNothing;
        if (changes.IsObject && !failed && !denied && !call.Edited)
        {
            ReadChanges(bytes, changes, call, batch);
        }

        var exit = (int?)CodexOutput.Clamp(of.Get(bytes, "exit_code"u8).Number(bytes));
        var agent = of.Get(bytes, "new_thread_id"u8).Text(bytes, 200);
        batch.Change(call.Ordinal, change =>
        {
            change.AgentId = agent ?? change.AgentId;
            change.AddFlags |= denied ? ItemFlags.Denied : exit is not (null or 0) || call.Failed ? ItemFlags.Error : ItemFlags.None;
            if (exit is not null || call.DurationMs >= 0)
            {
                change.Outcome = new ToolOutcome(exit, call.DurationMs >= 0 ? call.DurationMs : null);
            }
        });
    }

    /// <summary>A search of the service's own: an event with its id, then a response item without one, or either alone.</summary>
    public void ReadWebSearch(ReadOnlySpan<byte> bytes, JsonFields of, int source, ReadBatch batch)
    {
        var action = line.Nested.Read(bytes, of.Get(bytes, "action"u8));
        var query = action.Get(bytes, "query"u8);
        query = query.Length > 0 ? query : action.Get(bytes, "url"u8);
        query = query.Length > 0 ? query : of.Get(bytes, "query"u8);
        if (state.SaidBefore(CodexMessages.SearchText, query.IsString ? CodexMessages.Hash(query.In(bytes)) : 0, source))
        {
            return;
        }

        var item = batch.Add(ItemKind.Tool, line.Offset, line.Length);
        (item.Name, item.AtMs, item.Preview, item.Flags) = ("web_search", line.AtMs, query.Preview(bytes), ItemFlags.Answered);
        item.CallId = of.Get(bytes, "call_id"u8).Text(bytes, 200) ?? of.Get(bytes, "id"u8).Text(bytes, 200);
        tools.Tell(new PendingCall(item.Ordinal, "web_search"), ItemFlags.None, null, line.AtMs ?? state.LastAtMs, batch);
    }

    private void ReadChanges(ReadOnlySpan<byte> bytes, JsonValue changes, PendingCall call, ReadBatch batch)
    {
        var patches = Patches(bytes, changes, line.Nested, _change);
        if (patches.Count == 0)
        {
            return;
        }

        call.Edited = true;
        batch.Change(call.Ordinal, change =>
        {
            (change.ResultOffset, change.ResultLength) = (line.Offset, line.Length);
            change.Outcome = new ToolOutcome(
                File: PreviewText.From(patches[0].Path), Added: patches.Sum(p => p.Added), Removed: patches.Sum(p => p.Removed));
        });
        if (state.Inheriting)
        {
            return;
        }

        foreach (var patch in patches)
        {
            batch.Edits.Add(new EditSeen(call.Ordinal, line.AtMs ?? state.LastAtMs, patch.Path, patch.Added, patch.Removed));
        }
    }

    /// <summary>The diffs of <c>changes</c>: path → add, delete or update.</summary>
    public static List<Patch> Patches(ReadOnlySpan<byte> bytes, JsonValue changes, JsonFields files, JsonFields change)
    {
        var patches = new List<Patch>();
        files.Read(bytes, changes);
        for (var i = 0; i < files.Count; i++)
        {
            var (key, value) = files.At(i);
            change.Read(bytes, value);
            var path = change.Get(bytes, "move_path"u8).Text(bytes, 4096) ?? key.Text(bytes, 4096) ?? "";
            if (change.Get(bytes, "unified_diff"u8).Text(bytes) is { } diff)
            {
                patches.Add(PatchText.ParseUnified(path, diff));
            }
            else if (change.Get(bytes, "content"u8).Text(bytes) is { } content)
            {
                patches.Add(PatchText.Whole(path, content, added: !change.Get(bytes, "type"u8).Is(bytes, "delete"u8)));
            }
        }

        return patches;
    }
}
