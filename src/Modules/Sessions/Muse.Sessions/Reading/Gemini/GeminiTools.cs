using System.Globalization;
using Muse.Contracts.Sessions;

namespace Muse.Sessions.Reading.Gemini;

/// <summary>Tool calls stand in the message that made them, with their results, and are written when they are over.</summary>
internal sealed class GeminiTools(GeminiState state)
{
    private readonly JsonFields _call = new();
    private readonly JsonFields _part = new();
    private readonly StringInterner _interned = new();

    public void Read(ReadOnlySpan<byte> line, JsonValue value, int index, KnownMessage known, MessagePlace place, ReadBatch batch)
    {
        _call.Read(line, value);
        var id = _call.Get(line, "id"u8).Text(line, 200) ?? index.ToString(CultureInfo.InvariantCulture);
        var status = _call.Get(line, "status"u8);
        var isOver = status.Is(line, "success"u8) || status.Is(line, "error"u8) || status.Is(line, "cancelled"u8);
        var output = Output(line, _call, _part);
        var isNew = !known.Tools.TryGetValue(id, out var before);
        if (isNew)
        {
            var item = batch.Add(ItemKind.Tool, place.Offset, place.Length, index);
            (item.CallId, item.AtMs) = (id, _call.Get(line, "timestamp"u8).Time(line) ?? place.AtMs);
            var name = _call.Get(line, "name"u8);
            item.Name = name.Length is > 0 and <= 120 ? _interned.Get(name.In(line)) : "tool";
            item.Flags = state.CopyAtMs > 0 && place.AtMs == state.CopyAtMs ? ItemFlags.Inherited | ItemFlags.Void : ItemFlags.None;
            before = (item.Ordinal, false);
        }

        var (flags, outcome, patch) = Describe(line, status, output, isOver);
        var facts = CallArguments.Read(line, _call.Get(line, "args"u8), _part);
        var preview = facts.Preview.Length > 0 ? facts.Preview : _call.Get(line, "description"u8).Preview(line);
        var agent = _call.Get(line, "agentId"u8).Text(line, 200);
        outcome = outcome with { File = outcome.File ?? (facts.File is { } file ? PreviewText.From(file) : null) };
        // What failed after the commit did not undo it.
        var mayCommit = facts.Commits && flags is ItemFlags.Answered or (ItemFlags.Answered | ItemFlags.Error);
        var commits = mayCommit && output.Text(line) is { } whole ? GitOutput.FindCommits(whole) : [];
        outcome = outcome with { Commit = commits.Count > 0 ? commits[^1].Hash : null };
        batch.Change(before.Ordinal, change =>
        {
            (change.Offset, change.Length, change.Block, change.Preview) = (place.Offset, place.Length, index, preview);
            change.AddFlags |= flags | (commits.Count == 0 ? ItemFlags.None : ItemFlags.Commit);
            (change.Outcome, change.AgentId) = (outcome, agent ?? change.AgentId);
            change.ResultOffset = isOver ? place.Offset : change.ResultOffset;
            change.ResultLength = isOver ? place.Length : change.ResultLength;
        });
        known.Tools[id] = (before.Ordinal, before.Told || isOver);
        if (isOver && !before.Told)
        {
            Tell(before.Ordinal, _call.Get(line, "name"u8).Preview(line), flags, place.AtMs ?? 0, patch, commits, batch);
        }
    }

    /// <summary>The result's text: what went back to the model.</summary>
    public static JsonValue Output(ReadOnlySpan<byte> line, JsonFields call, JsonFields scratch)
    {
        var results = new JsonElements(line, call.Get(line, "result"u8));
        while (results.MoveNext())
        {
            var response = scratch.Read(line, results.Current).Get(line, "functionResponse"u8);
            response = scratch.Read(line, response).Get(line, "response"u8);
            scratch.Read(line, response);
            if (scratch.Get(line, "output"u8) is { IsString: true } output)
            {
                return output;
            }

            if (scratch.Get(line, "error"u8) is { IsString: true } error)
            {
                return error;
            }
        }

        return default;
    }

    /// <summary>The change of an edit: from the diff that the program showed of it, or, where it kept none, from the call itself.</summary>
    public static Patch? PatchOf(ReadOnlySpan<byte> line, JsonFields call, JsonFields scratch)
    {
        scratch.Read(line, call.Get(line, "resultDisplay"u8));
        if (scratch.Get(line, "fileDiff"u8).Text(line) is { } diff)
        {
            var shown = scratch.Get(line, "filePath"u8).Text(line, 4096) ?? scratch.Get(line, "fileName"u8).Text(line, 4096) ?? "";
            return PatchText.ParseUnified(shown, diff);
        }

        var name = call.Get(line, "name"u8);
        scratch.Read(line, call.Get(line, "args"u8));
        if (scratch.Get(line, "file_path"u8).Text(line, 4096) is not { Length: > 0 } path)
        {
            return null;
        }

        if (name.Is(line, "write_file"u8))
        {
            return scratch.Get(line, "content"u8).Text(line) is { } content ? PatchText.Whole(path, content, added: true) : null;
        }

        return (name.Is(line, "replace"u8) || name.Is(line, "edit"u8)) && scratch.Get(line, "new_string"u8).Text(line) is { } now
            ? PatchText.Replaced(path, scratch.Get(line, "old_string"u8).Text(line) ?? "", now) : null;
    }

    private (ItemFlags Flags, ToolOutcome Outcome, Patch? Patch) Describe(ReadOnlySpan<byte> line, JsonValue status, JsonValue output, bool isOver)
    {
        var flags = isOver ? ItemFlags.Answered : ItemFlags.None;
        var shown = _call.Get(line, "resultDisplay"u8);
        var escaped = output.IsString ? output.In(line) : default;
        if (status.Is(line, "error"u8))
        {
            flags |= ItemFlags.Error;
        }
        else if (status.Is(line, "cancelled"u8))
        {
            flags |= escaped.IndexOf("User denied"u8) >= 0 || escaped.IndexOf("User did not allow"u8) >= 0 ? ItemFlags.Denied : ItemFlags.Cancelled;
        }

        var exit = ExitCode(escaped);
        flags |= exit is not (null or 0) ? ItemFlags.Error : ItemFlags.None;
        var patch = flags == ItemFlags.Answered ? PatchOf(line, _call, _part) : null;
        var head = shown is { IsString: true, Length: > 0 } ? shown : output;
        return (flags, new ToolOutcome(
            exit, null, patch is null ? null : PreviewText.From(patch.Path), patch?.Added, patch?.Removed,
            output.IsString ? JsonText.CountLines(escaped) : null, output.IsString ? JsonText.Utf8Length(escaped) : null,
            Hits: Hits(_call.Get(line, "name"u8).In(line), escaped), Summary: head.IsString ? OutputText.Summary(JsonText.Unescape(head.In(line), 2000)) : null), patch);
    }

    private static int? ExitCode(ReadOnlySpan<byte> escaped)
    {
        var label = "Exit Code: "u8;
        var at = escaped.LastIndexOf(label);
        return at >= 0 && System.Buffers.Text.Utf8Parser.TryParse(escaped[(at + label.Length)..], out int code, out _) ? code : null;
    }

    /// <summary>What a search says first: <c>Found 2 matches for …</c>, <c>No matches found for …</c>.</summary>
    private static int? Hits(ReadOnlySpan<byte> tool, ReadOnlySpan<byte> escaped)
    {
        if (!tool.SequenceEqual("glob"u8) && !tool.SequenceEqual("grep_search"u8) && !tool.SequenceEqual("search_file_content"u8))
        {
            return null;
        }

        return escaped.StartsWith("Found "u8) && System.Buffers.Text.Utf8Parser.TryParse(escaped["Found "u8.Length..], out int found, out _) ? found
            : escaped.StartsWith("No "u8) ? 0 : null;
    }

    private static void Tell(
        long ordinal, string name, ItemFlags flags, long at, Patch? patch, IReadOnlyList<(string Hash, string? Subject)> commits, ReadBatch batch)
    {
        var status = flags.HasFlag(ItemFlags.Denied) ? "denied" : flags.HasFlag(ItemFlags.Cancelled) ? "cancelled" : flags.HasFlag(ItemFlags.Error) ? "error" : "ok";
        batch.Tools.Add(new ToolSeen(ordinal, at, name, status, null));
        if (status == "ok" && patch is not null)
        {
            batch.Edits.Add(new EditSeen(ordinal, at, patch.Path, patch.Added, patch.Removed));
        }

        batch.Commits.AddRange(commits.Select(c => new CommitSeen(ordinal, at, c.Hash, c.Subject)));
    }
}
