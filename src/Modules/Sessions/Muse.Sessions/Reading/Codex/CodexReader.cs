using Muse.Contracts.Sessions;

namespace Muse.Sessions.Reading.Codex;

/// <summary>Reads a rollout line by line and hands each record to who knows its kind.</summary>
internal sealed class CodexReader : ITranscriptReader
{
    private readonly CodexState _state;
    private readonly CodexLine _line = new();
    private readonly CodexMessages _messages;
    private readonly CodexTools _tools;
    private readonly CodexToolEnds _ends;
    private readonly CodexUsage _usage;
    private readonly CodexLimits _limits;
    private readonly CodexThread _thread;

    public CodexReader(TranscriptPlace place, CodexState state)
    {
        _state = state;
        if (_state.Thread.Length == 0)
        {
            (_state.Thread, _state.UsageThread, _state.TotalsBegan) = (place.NativeId, place.NativeId, place.Continues);
        }

        _messages = new CodexMessages(state, _line);
        _tools = new CodexTools(state, _line);
        _ends = new CodexToolEnds(state, _line, _tools);
        _usage = new CodexUsage(state, _line);
        _limits = new CodexLimits(state, _line);
        _thread = new CodexThread(state, _line);
    }

    public void ReadLine(ReadOnlySpan<byte> line, long offset, ReadBatch batch)
    {
        if (line.Trim(" \t\r\n"u8).IsEmpty)
        {
            batch.Lines.Blank++;
            return;
        }

        if (!_line.Parse(line, offset))
        {
            var broken = batch.Add(ItemKind.Malformed, offset, line.Length);
            broken.Preview = JsonText.Preview(line[..Math.Min(line.Length, 1000)]);
            batch.Lines.Malformed++;
            return;
        }

        _thread.Follow(line);
        if (_line.AtMs is { } at && !_state.Inheriting)
        {
            batch.Header.SawTime(at);
        }

        _state.LastAtMs = _line.AtMs ?? _state.LastAtMs;
        var first = batch.NextOrdinal;
        var known = Read(line, batch);
        if (!known)
        {
            AddUnknown(line, batch);
        }
        else if (batch.NextOrdinal > first)
        {
            batch.Lines.Items++;
        }
        else
        {
            batch.Lines.Folded++;
        }

        if (_state.Inheriting)
        {
            for (var ordinal = first; ordinal < batch.NextOrdinal; ordinal++)
            {
                batch.Change(ordinal, change => change.AddFlags |= ItemFlags.Inherited);
            }
        }
    }

    // Codex writes lines, never documents.
    public void ReadDocument(ReadOnlySpan<byte> document, ReadBatch batch) => ReadLine(document, 0, batch);

    public byte[] SaveState() => _state.Save();

    /// <summary>False if the type of the record is not known.</summary>
    private bool Read(ReadOnlySpan<byte> line, ReadBatch batch)
    {
        switch (_line.Type)
        {
            case "session_meta":
                _thread.ReadMeta(line, batch);
                return true;
            case "turn_context":
                _thread.ReadContext(line, batch);
                return true;
            case "response_item":
                return ReadResponse(line, batch);
            case "event_msg":
                return ReadEvent(line, batch);
            case "compacted":
                // Its replacement_history is a copy of what was shown already. The summary is empty where the service made it.
                _messages.AddText(ItemKind.Compaction, null, _line.Get(line, "message"u8).Preview(line) is { Length: > 0 } summary ? summary : "Compacted", batch);
                return true;
            case "token_usage_record":
                _usage.ReadRecord(line, batch);
                return true;
            case "error":
                _messages.AddError(line, batch);
                return true;
            case "world_state" or "inter_agent_communication" or "inter_agent_communication_metadata" or "security_risk_score"
                or "realtime_item" or "retained_context":
                return true;
            default:
                return false;
        }
    }

    private bool ReadResponse(ReadOnlySpan<byte> line, ReadBatch batch)
    {
        switch (_line.Kind)
        {
            case "message":
                _messages.ReadMessage(line, batch);
                return true;
            case "reasoning":
                _messages.ReadReasoning(line, batch);
                return true;
            case "function_call" or "custom_tool_call" or "local_shell_call" or "tool_search_call" or "image_generation_call" or "tool_call":
                _tools.ReadCall(line, batch);
                return true;
            case "function_call_output" or "custom_tool_call_output" or "tool_search_output" or "tool_result":
                _tools.ReadOutput(line, batch);
                return true;
            case "web_search_call":
                _ends.ReadWebSearch(line, _line.Body, CodexMessages.FromResponse, batch);
                return true;
            case "compaction" or "compaction_summary" or "context_compaction" or "ghost_snapshot" or "agent_message" or "additional_tools" or "other":
                return true;
            default:
                return false;
        }
    }

    private bool ReadEvent(ReadOnlySpan<byte> line, ReadBatch batch)
    {
        switch (_line.Kind)
        {
            case "user_message":
                _messages.ReadUserEvent(line, batch);
                return true;
            case "agent_message":
                _messages.ReadAgentEvent(line, batch);
                return true;
            case "agent_reasoning" or "agent_reasoning_raw_content":
                _messages.ReadReasoningEvent(line, batch);
                return true;
            case "token_count":
                _usage.ReadCount(line, batch);
                _limits.Read(line, batch);
                return true;
            case "item_completed":
                return ReadItem(line, batch);
            case "task_started" or "turn_started":
                _state.BeginTurn();
                _usage.ReadTurn(line);
                return true;
            case "task_complete" or "turn_complete":
                _messages.CompleteTurn(line, batch);
                return true;
            case "turn_aborted":
                _messages.AddText(ItemKind.Mark, "interruption", _line.Get(line, "reason"u8).Preview(line), batch);
                batch.Interruptions.Add(new InterruptionSeen(batch.NextOrdinal - 1, _line.AtMs ?? _state.LastAtMs));
                _messages.EndTurn(batch);
                return true;
            case "thread_rolled_back":
                _thread.RollBack(line, batch);
                return true;
            case "thread_name_updated":
                batch.Header.Offer(_line.Get(line, "thread_name"u8).Preview(line), TitleRank.Custom);
                return true;
            case "thread_settings_applied":
                _thread.ReadSettings(line, batch);
                return true;
            case "error" or "stream_error":
                _messages.AddError(line, batch);
                return true;
            case "warning" or "guardian_warning":
                _messages.AddText(ItemKind.Notice, "warning", _line.Get(line, "message"u8).Preview(line), batch);
                return true;
            case "entered_review_mode" or "exited_review_mode":
                _messages.AddText(ItemKind.Mark, _line.Kind, _line.Get(line, "user_facing_hint"u8).Preview(line), batch);
                return true;
            case "patch_apply_end" or "exec_command_end" or "mcp_tool_call_end" or "collab_agent_spawn_end":
                _ends.Read(line, _line.Body, _line.Get(line, "call_id"u8), batch);
                return true;
            case "web_search_end":
                _ends.ReadWebSearch(line, _line.Body, CodexMessages.FromEvent, batch);
                return true;
            default:
                return IsQuiet(_line.Kind);
        }
    }

    // 0.149 and later: what the older events said, once more or in their place.
    private bool ReadItem(ReadOnlySpan<byte> line, ReadBatch batch)
    {
        var item = _line.Item;
        switch (_line.Name(line, item.Get(line, "type"u8)))
        {
            case "UserMessage":
                _messages.ReadUserItem(line, batch);
                return true;
            case "AgentMessage":
                _messages.ReadAgentItem(line, batch);
                return true;
            case "Reasoning":
                _messages.ReadReasoningItem(line, batch);
                return true;
            case "CommandExecution" or "FileChange" or "McpToolCall":
                _ends.Read(line, item, item.Get(line, "id"u8), batch);
                return true;
            case "WebSearch":
                _ends.ReadWebSearch(line, item, CodexMessages.FromItem, batch);
                return true;
            case "Plan":
                _messages.AddText(ItemKind.Notice, "plan", item.Get(line, "text"u8).Preview(line), batch);
                return true;
            case "Extension" or "ContextCompaction" or "ImageView" or "ImageGeneration" or "EnteredReviewMode" or "ExitedReviewMode"
                or "CollabAgentToolCall" or "HookPrompt" or "Sleep" or "SubAgentActivity" or "DynamicToolCall":
                return true;
            default:
                return false;
        }
    }

    /// <summary>Events that say nothing to show or that a tool's own records say as well.</summary>
    private static bool IsQuiet(string kind) => kind is "context_compacted" or "image_generation_end" or "view_image_tool_call"
        or "thread_goal_updated" or "undo_completed" or "sub_agent_activity" or "guardian_assessment" or "collab_agent_interaction_end"
        or "collab_waiting_end" or "collab_close_end" or "collab_resume_end" or "dynamic_tool_call_request" or "dynamic_tool_call_response"
        or "turn.completed" or "turn.failed" or "codex/event/raw_item" or "account/rateLimits/updated" or "session_configured" or "turn_diff"
        or "plan_update" or "model_reroute" or "mcp_startup_update" or "mcp_startup_complete" or "deprecation_notice" or "shutdown_complete";

    private void AddUnknown(ReadOnlySpan<byte> line, ReadBatch batch)
    {
        var inner = _line.Kind == "item_completed" ? _line.Name(line, _line.Item.Get(line, "type"u8)) : _line.Kind;
        var type = inner.Length > 0 && inner != _line.Type ? PreviewText.From($"{_line.Type}/{inner}") : _line.Type;
        var item = batch.Add(ItemKind.Unknown, _line.Offset, line.Length);
        (item.Name, item.AtMs, item.Preview) = (type, _line.AtMs, JsonText.Preview(line[..Math.Min(line.Length, 1000)]));
        batch.CountUnknown(_state.Version, type, _line.Offset);
        batch.Lines.Unknown++;
    }
}
