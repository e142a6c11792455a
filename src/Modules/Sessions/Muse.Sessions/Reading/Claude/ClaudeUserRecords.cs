using System.Buffers.Text;
using Muse.Contracts.Sessions;

namespace Muse.Sessions.Reading.Claude;

/// <summary>
/// What a <c>user</c> record is: a person's prompt, a tool's result, or one of the many things the program writes in a
/// person's name. Tests in the order that the formats give.
/// </summary>
internal sealed class ClaudeUserRecords(TranscriptPlace place, ClaudeState state)
{
    public void Read(ClaudeLine line, ReadBatch batch)
    {
        var record = line.Record;
        var results = 0;
        foreach (var block in record.Blocks)
        {
            if (block.Type == ClaudeBlockType.ToolResult)
            {
                Resolve(line, block, batch);
                results++;
            }
        }

        if (results > 0)
        {
            return;
        }

        var images = record.Blocks.Count(b => b.Type == ClaudeBlockType.Image);
        var text = PromptText(line);
        var side = record.IsSidechain && place.AgentId is null ? ItemFlags.Sidechain : ItemFlags.None;
        if (record.IsCompactSummary || text.StartsWith("This session is being continued from a previous conversation"u8))
        {
            ReadSummary(line, text, batch);
        }
        else if (text.StartsWith("[Request interrupted by user"u8))
        {
            var item = line.Add(batch, ItemKind.Mark, "interruption", JsonText.Preview(text));
            batch.Interruptions.Add(new InterruptionSeen(item.Ordinal, record.AtMs ?? 0));
        }
        else if (ClaudeWrappers.Read(line, text, batch) || (text.IsEmpty && images == 0))
        {
            return;
        }
        else if (record.IsMeta || (!record.OriginKind.IsEmpty && !line.Text(record.OriginKind).SequenceEqual("human"u8)))
        {
            line.Add(batch, ItemKind.Notice, "program", JsonText.Preview(text)).Flags |= ItemFlags.Meta | side;
        }
        else
        {
            AddPrompt(line, text, images, side, batch);
        }
    }

    private void AddPrompt(ClaudeLine line, ReadOnlySpan<byte> text, int images, ItemFlags side, ReadBatch batch)
    {
        var item = line.Add(batch, ItemKind.Prompt, null, JsonText.Preview(text));
        item.Images = images;
        item.Flags |= side | (images > 0 ? ItemFlags.Image : ItemFlags.None);
        if (item.Preview.Length == 0 && images > 0)
        {
            item.Preview = images == 1 ? "(an image)" : $"({images} images)";
        }

        if (side != ItemFlags.None)
        {
            return;
        }

        batch.Header.Offer(item.Preview, TitleRank.FirstPrompt);
        if (place.AgentId is null)
        {
            // In a subagent's transcript the prompt is the calling agent's task, not a person's word.
            batch.Prompts.Add(new PromptSeen(item.Ordinal, line.Record.AtMs ?? 0, Reply: false, item.Preview));
            batch.Header.LastPrompt = item.Preview;
        }
    }

    /// <summary>The person's words: the string, or the first text that is not what the editor put before it.</summary>
    private static ReadOnlySpan<byte> PromptText(ClaudeLine line)
    {
        if (!line.Record.StringContent.IsEmpty)
        {
            return ClaudeWrappers.WithoutContext(line.Text(line.Record.StringContent));
        }

        foreach (var block in line.Record.Blocks)
        {
            var text = block.Type == ClaudeBlockType.Text ? ClaudeWrappers.WithoutContext(line.Text(block.Text)) : default;
            if (!text.IsEmpty)
            {
                return text;
            }
        }

        return default;
    }

    private void ReadSummary(ClaudeLine line, ReadOnlySpan<byte> text, ReadBatch batch)
    {
        if (state.OpenCompaction >= 0)
        {
            var (offset, length) = (line.Offset, line.Length);
            batch.Change(state.OpenCompaction, c =>
            {
                (c.ResultOffset, c.ResultLength) = (offset, length);
                c.AddFlags |= ItemFlags.Answered;
            });
            state.OpenCompaction = -1;
            return;
        }

        // 1.x and early 2.0: a new file begins with the summary of the one it continues.
        line.Add(batch, ItemKind.Compaction, "continued", JsonText.Preview(text));
    }

    /// <summary>Joins a result to its call. A result whose call is not in the file (slices of sessions exist) is shown alone.</summary>
    public void Resolve(ClaudeLine line, ClaudeBlock block, ReadBatch batch)
    {
        var id = JsonText.Unescape(line.Text(block.Id), 200);
        if (!state.Pending.Remove(id, out var call))
        {
            var orphan = line.Add(batch, ItemKind.Tool, "(result)", JsonText.Preview(line.Text(block.Text)));
            (orphan.CallId, orphan.ResultOffset, orphan.ResultLength) = (id.Length > 0 ? id : null, line.Offset, line.Length);
            orphan.Flags |= ItemFlags.Answered | (block.IsError ? ItemFlags.Error : ItemFlags.None);
            return;
        }

        var report = line.Record.Report;
        var text = line.Text(block.Text);
        var denied = !line.Record.DenialKind.IsEmpty
            || text.StartsWith("The user doesn't want to proceed"u8)
            || line.Text(report.Text).StartsWith("User rejected tool use"u8);
        var status = denied ? "denied" : report.Interrupted ? "cancelled" : block.IsError ? "error" : "ok";
        var outcome = Outcome(line, block, report, text, status);
        var flags = ItemFlags.Answered
            | (status == "denied" ? ItemFlags.Denied : status == "cancelled" ? ItemFlags.Cancelled : status == "error" ? ItemFlags.Error : ItemFlags.None)
            | (report.Background ? ItemFlags.Background : ItemFlags.None)
            | (block.Images > 0 ? ItemFlags.Image : ItemFlags.None);
        // What failed after the commit did not undo it.
        if (status is "ok" or "error" && FindCommits(line, call, report, text) is { Count: > 0 } commits)
        {
            var at = line.Record.AtMs ?? 0;
            outcome = outcome with { Commit = commits[^1].Hash };
            flags |= ItemFlags.Commit;
            batch.Commits.AddRange(commits.Select(c => new CommitSeen(call.Ordinal, at, c.Hash, c.Subject)));
        }

        var agentId = report.AgentId.IsEmpty ? null : JsonText.Unescape(line.Text(report.AgentId), 100);
        var (offset, length) = (line.Offset, line.Length);
        batch.Change(call.Ordinal, change =>
        {
            (change.ResultOffset, change.ResultLength) = (offset, length);
            change.AddFlags |= flags;
            (change.Outcome, change.AgentId) = (outcome, agentId);
            change.Images = block.Images > 0 ? block.Images : null;
        });
        batch.Tools.Add(new ToolSeen(call.Ordinal, line.Record.AtMs ?? 0, call.Name, status, outcome.DurationMs));
        AddConsequences(line, call, id, report, status, outcome, batch);
    }

    private static void AddConsequences(
        ClaudeLine line, PendingCall call, string callId, ClaudeToolReport report, string status, ToolOutcome outcome, ReadBatch batch)
    {
        if (status == "ok" && outcome is { Added: { } added, Removed: { } removed } && !report.FilePath.IsEmpty)
        {
            batch.Edits.Add(new EditSeen(
                call.Ordinal, line.Record.AtMs ?? 0, JsonText.Unescape(line.Text(report.FilePath), 4096), added, removed));
        }

        if (report.Searches > 0)
        {
            // The response's own counter stays 0 in the command line program; the fee is per search. Copies in forks and
            // side files keep the call's id, and nothing else.
            batch.Usage.Add(new UsageRow(
                $"claude:search:{callId}", line.Record.AtMs ?? 0, null, 0, 0, 0, 0, 0, 0,
                (int)Math.Min(int.MaxValue, report.Searches), Sidechain: false, Inherited: false, Fast: false));
        }
    }

    private static ToolOutcome Outcome(ClaudeLine line, ClaudeBlock block, ClaudeToolReport report, ReadOnlySpan<byte> text, string status)
    {
        var created = !report.HasPatch && line.Text(report.Kind).SequenceEqual("create"u8);
        int? exit = null;
        if (text.StartsWith("Exit code "u8) && Utf8Parser.TryParse(text["Exit code "u8.Length..], out int code, out _))
        {
            exit = code;
        }

        var edits = report.HasPatch || created;
        var summary = status == "ok" && edits ? null : FirstLine(status == "denied" ? Remark(text) : exit is null ? text : AfterFirstLine(text));
        return new ToolOutcome(
            ExitCode: exit,
            DurationMs: report.DurationMs is > 0 ? report.DurationMs : null,
            File: report.FilePath.IsEmpty ? null : JsonText.Preview(line.Text(report.FilePath)),
            Added: edits ? created ? JsonText.CountLines(line.Text(report.Content)) : report.Added : null,
            Removed: edits ? report.Removed : null,
            Lines: edits || block.Text.IsEmpty ? null : JsonText.CountLines(text),
            Bytes: edits || block.Text.IsEmpty ? null : JsonText.Utf8Length(text),
            Hits: report.Hits is { } hits ? (int)Math.Clamp(hits, 0, int.MaxValue) : null,
            Summary: string.IsNullOrEmpty(summary) ? null : summary);
    }

    /// <summary>What the person said when refusing; the rest is always the same.</summary>
    private static ReadOnlySpan<byte> Remark(ReadOnlySpan<byte> text)
    {
        var said = "the user said:\\n"u8;
        var at = text.IndexOf(said);
        return at < 0 ? text : text[(at + said.Length)..];
    }

    private static string FirstLine(ReadOnlySpan<byte> text)
    {
        text = text.StartsWith("<tool_use_error>"u8) ? ClaudeWrappers.Inner(text, "<tool_use_error>"u8, "</tool_use_error>"u8) : text;

        var end = text.IndexOf("\\n"u8);
        var first = JsonText.Preview(end < 0 ? text : text[..end], 160);
        return first.Length > 0 || end < 0 ? first : JsonText.Preview(text[end..], 160);
    }

    private static ReadOnlySpan<byte> AfterFirstLine(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf("\\n"u8);
        return end < 0 ? default : text[(end + 2)..];
    }

    /// <summary>The tool's own word, or git's: <c>[main 1a2b3c4] subject</c>.</summary>
    private static IReadOnlyList<(string Hash, string? Subject)> FindCommits(ClaudeLine line, PendingCall call, ClaudeToolReport report, ReadOnlySpan<byte> text)
    {
        var shown = call.Commits ? GitOutput.FindCommits(JsonText.Unescape(text, 20_000)) : [];
        return shown.Count > 0 || report.CommitSha.IsEmpty ? shown : [(JsonText.Unescape(line.Text(report.CommitSha), 64), null)];
    }
}
