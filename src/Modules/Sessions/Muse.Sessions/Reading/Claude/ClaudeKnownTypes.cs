using System.Text;

namespace Muse.Sessions.Reading.Claude;

/// <summary>
/// Record types seen up to 2.1.330 that say nothing a person looks for, or say it again: read over, not unknown. A type
/// in none of these sets is drift, and counted.
/// </summary>
internal static class ClaudeKnownTypes
{
    public static readonly ByteWords Bookkeeping = new(
        "mode", "permission-mode", "atis-latch", "tools-used", "cost-state", "file-history-snapshot", "file-history-delta",
        "api-request", "api-request-blob", "api-request-shape", "agent-color", "agent-setting", "tag", "bridge-session",
        "attribution-snapshot", "content-replacement", "speculation-accept", "started", "result", "frame-link");

    public static readonly ByteWords Progress = new(
        "bash_progress", "hook_progress", "mcp_progress", "query_update", "search_results_received", "waiting_for_task");

    public static readonly ByteWords System = new(
        "turn_duration", "stop_hook_summary", "session_start", "bridge_status");

    public static readonly ByteWords Attachments = new(
        "file", "compact_file_reference", "nested_memory", "skill_listing", "invoked_skills", "dynamic_skill", "deferred_tools_delta",
        "deferred_tools_record", "agent_listing_delta", "mcp_instructions_delta", "command_permissions", "hook_success",
        "hook_system_message", "hook_additional_context", "hook_cancelled", "task_reminder", "todo_reminder", "auto_mode",
        "ultra_effort_enter", "ultra_effort_exit", "date", "date_change", "budget_usd", "total_tokens_reminder", "silent_turn_reminder",
        "batching_reminder_sent", "read_truncation_notice", "environment", "model", "remote_session_change", "session_context",
        "prompt_snapshot");
}

/// <summary>A small set of words that is asked with bytes.</summary>
internal sealed class ByteWords(params string[] words)
{
    private readonly byte[][] _words = [.. words.Select(Encoding.UTF8.GetBytes)];

    public bool Contains(ReadOnlySpan<byte> word)
    {
        foreach (var known in _words)
        {
            if (word.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }
}
