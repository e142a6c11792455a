using Muse.Contracts.Sessions;

namespace Muse.Sessions.Reading.Codex;

/// <summary>Tool calls and what came back: two lines, one item.</summary>
internal sealed class CodexTools(CodexState state, CodexLine line)
{
    /// <summary>Enough of an output for its header and its first line.</summary>
    private const int HeadLength = 2000;

    public void ReadCall(ReadOnlySpan<byte> bytes, ReadBatch batch)
    {
        var name = NameOf(bytes);
        var arguments = line.Get(bytes, "arguments"u8);
        arguments = arguments.IsNothing ? line.Get(bytes, "input"u8) : arguments;
        arguments = arguments.IsNothing ? line.Get(bytes, "action"u8) : arguments;
        var facts = CallArguments.Read(bytes, arguments, line.Nested);
        var item = batch.Add(ItemKind.Tool, line.Offset, line.Length);
        item.CallId = IdOf(bytes);
        (item.Name, item.AtMs, item.Preview) = (name, line.AtMs, facts.Preview);
        var call = new PendingCall(item.Ordinal, name) { Commits = facts.Commits };
        if (facts.Patch is { } patch)
        {
            var files = PatchText.Parse(patch);
            call.Edits.AddRange(files.Take(100).Select(f => (f.Path, f.Added, f.Removed)));
            item.Outcome = new ToolOutcome(File: facts.File, Added: files.Sum(f => f.Added), Removed: files.Sum(f => f.Removed));
        }
        else if (facts.File is { } file)
        {
            item.Outcome = new ToolOutcome(File: PreviewText.From(file));
        }

        if (item.CallId is { Length: > 0 } id)
        {
            state.Open(id, call);
        }
    }

    public void ReadOutput(ReadOnlySpan<byte> bytes, ReadBatch batch)
    {
        var id = IdOf(bytes);
        if (id is null || !state.Calls.TryGetValue(id, out var call))
        {
            AddOrphan(bytes, id, batch);
            return;
        }

        var output = line.Get(bytes, "output"u8);
        var text = CodexOutput.TextOf(bytes, output, line.Nested);
        var failed = output.IsObject && line.Inner.Read(bytes, output).Get(bytes, "success"u8).Bool(bytes) == false;
        var (outcome, whole) = Describe(bytes, text, call);
        var flags = StatusOf(outcome, failed || call.Failed);
        var images = ImagesIn(bytes, output);
        var at = line.AtMs ?? state.LastAtMs;
        outcome = outcome with { DurationMs = call.DurationMs >= 0 ? call.DurationMs : outcome.DurationMs };
        // What failed after the commit did not undo it.
        if (call.Commits && flags is ItemFlags.None or ItemFlags.Error && whole is not null && GitOutput.FindCommits(whole) is { Count: > 0 } commits)
        {
            outcome = outcome with { Commit = commits[^1].Hash };
            flags |= ItemFlags.Commit;
            if (!state.Inheriting)
            {
                batch.Commits.AddRange(commits.Select(c => new CommitSeen(call.Ordinal, at, c.Hash, c.Subject)));
            }
        }

        var first = !call.Answered;
        batch.Change(call.Ordinal, change =>
        {
            change.AddFlags |= flags | ItemFlags.Answered | (images > 0 ? ItemFlags.Image : ItemFlags.None);
            change.Outcome = outcome;
            change.Images = images > 0 ? images : change.Images;
            if (!call.Edited)
            {
                // The event with the diff says more than "Success.", and stays the result.
                (change.ResultOffset, change.ResultLength) = (line.Offset, line.Length);
            }
        });
        call.Answered = true;
        if (first)
        {
            Tell(call, flags, outcome.DurationMs, at, batch);
        }
    }

    /// <summary>A call is over: its edits and its end, for those who count.</summary>
    public void Tell(PendingCall call, ItemFlags flags, long? durationMs, long at, ReadBatch batch)
    {
        if (state.Inheriting)
        {
            return;
        }

        var status = flags.HasFlag(ItemFlags.Denied) ? "denied" : flags.HasFlag(ItemFlags.Cancelled) ? "cancelled" : flags.HasFlag(ItemFlags.Error) ? "error" : "ok";
        batch.Tools.Add(new ToolSeen(call.Ordinal, at, call.Name, status, durationMs));
        if (status == "ok" && !call.Edited)
        {
            foreach (var (path, added, removed) in call.Edits)
            {
                batch.Edits.Add(new EditSeen(call.Ordinal, at, path, added, removed));
            }
        }
    }

    private static (ToolOutcome Outcome, string? Whole) Describe(ReadOnlySpan<byte> bytes, JsonValue text, PendingCall call)
    {
        if (!text.IsString)
        {
            return (new ToolOutcome(), null);
        }

        var escaped = text.In(bytes);
        var isJson = escaped.StartsWith("{\\\"output\\\":"u8);
        var shown = JsonText.Unescape(escaped, call.Commits || isJson ? int.MaxValue : HeadLength);
        if (isJson && CodexOutput.ReadJson(shown) is { } old)
        {
            return (new ToolOutcome(
                old.ExitCode, old.DurationMs, Lines: CountLines(old.Text), Bytes: System.Text.Encoding.UTF8.GetByteCount(old.Text),
                Summary: OutputText.Summary(old.Text)), old.Text);
        }

        var head = CodexOutput.ReadHead(shown);
        var before = shown.AsSpan(0, head.Body);
        return (new ToolOutcome(
            head.ExitCode, head.DurationMs,
            Lines: Math.Max(0, JsonText.CountLines(escaped) - before.Count('\n')),
            Bytes: Math.Max(0, JsonText.Utf8Length(escaped) - System.Text.Encoding.UTF8.GetByteCount(before)),
            Summary: OutputText.Summary(shown.AsSpan(head.Body))), shown);
    }

    private static ItemFlags StatusOf(ToolOutcome outcome, bool failed)
    {
        var summary = outcome.Summary ?? "";
        if (summary.Contains("rejected by user", StringComparison.Ordinal) || summary.Contains("denied by user", StringComparison.Ordinal))
        {
            return ItemFlags.Denied;
        }

        if (outcome.ExitCode is null && (summary.StartsWith("aborted", StringComparison.Ordinal) || summary.StartsWith("Request interrupted", StringComparison.Ordinal)))
        {
            return ItemFlags.Cancelled;
        }

        return failed || outcome.ExitCode is not (null or 0) || (outcome.ExitCode is null && IsFailure(summary)) ? ItemFlags.Error : ItemFlags.None;
    }

    // What Codex itself says when a call could not be carried out.
    private static bool IsFailure(string summary) =>
        summary.StartsWith("apply_patch verification failed", StringComparison.Ordinal) || summary.StartsWith("failed to ", StringComparison.Ordinal)
        || summary.StartsWith("execution error", StringComparison.Ordinal) || summary.StartsWith("exec_command failed", StringComparison.Ordinal)
        || summary.StartsWith("patch rejected", StringComparison.Ordinal) || summary.StartsWith("unsupported call", StringComparison.Ordinal) || summary.StartsWith("tool call error", StringComparison.Ordinal)
        || summary.StartsWith("write_stdin failed", StringComparison.Ordinal) || summary.StartsWith("command timed out", StringComparison.Ordinal);

    private void AddOrphan(ReadOnlySpan<byte> bytes, string? id, ReadBatch batch)
    {
        var item = batch.Add(ItemKind.Tool, line.Offset, line.Length);
        (item.Name, item.CallId, item.AtMs, item.Flags) = (NameOf(bytes), id, line.AtMs, ItemFlags.Answered);
        var output = line.Get(bytes, "output"u8);
        output = output.IsNothing ? line.Get(bytes, "result"u8) : output;
        item.Preview = CodexOutput.TextOf(bytes, output, line.Nested).Preview(bytes);
        (item.ResultOffset, item.ResultLength) = (line.Offset, line.Length);
    }

    private string NameOf(ReadOnlySpan<byte> bytes)
    {
        var name = line.Name(bytes, line.Get(bytes, "name"u8));
        if (name.Length == 0)
        {
            var function = line.Nested.Read(bytes, line.Get(bytes, "function"u8));
            name = line.Name(bytes, function.Get(bytes, "name"u8));
        }

        if (name.Length == 0)
        {
            return line.Kind is "function_call_output" or "custom_tool_call_output" or "tool_result" ? "tool" : line.Kind.Replace("_call", "", StringComparison.Ordinal);
        }

        // MCP tools since 0.104 have their server beside the name.
        var space = line.Name(bytes, line.Get(bytes, "namespace"u8));
        return space.StartsWith("mcp__", StringComparison.Ordinal) && !name.StartsWith("mcp__", StringComparison.Ordinal)
            ? PreviewText.From($"{space.TrimEnd('_')}__{name.TrimStart('_')}") : name;
    }

    private string? IdOf(ReadOnlySpan<byte> bytes) =>
        line.Get(bytes, "call_id"u8).Text(bytes, 200) ?? line.Get(bytes, "id"u8).Text(bytes, 200);

    private int ImagesIn(ReadOnlySpan<byte> bytes, JsonValue output)
    {
        var count = 0;
        var parts = new JsonElements(bytes, output);
        while (parts.MoveNext())
        {
            count += line.Inner.Read(bytes, parts.Current).Get(bytes, "image_url"u8).IsString ? 1 : 0;
        }

        return count;
    }

    private static int CountLines(string text) => text.Length == 0 ? 0 : text.AsSpan().Count('\n') + (text.EndsWith('\n') ? 0 : 1);
}
