using System.Runtime.CompilerServices;
using System.Text;
using CsCheck;
using Muse.Board.Domain;
using Muse.Board.Hooks;

namespace Muse.Board.Tests.Hooks;

public sealed class HookReaderTests
{
    [Theory]
    [InlineData("claude-code", """{"hook_event_name":"UserPromptSubmit","session_id":"s","prompt":"hi"}""", "busy")]
    [InlineData("claude-code", """{"hook_event_name":"PreToolUse","session_id":"s","tool_name":"Bash"}""", "busy Bash")]
    [InlineData("claude-code", """{"hook_event_name":"PreToolUse","session_id":"s","agent_id":"a","tool_name":"Bash"}""", "nothing")]
    [InlineData("claude-code", """{"hook_event_name":"PermissionRequest","session_id":"s","agent_id":"a","tool_name":"Bash"}""", "asks/permission Bash")]
    [InlineData("claude-code", """{"hook_event_name":"PermissionRequest","session_id":"s","tool_name":"AskUserQuestion","tool_input":{"questions":[{"question":"Which?"}]}}""", "asks/question Which?")]
    [InlineData("claude-code", """{"hook_event_name":"PermissionRequest","session_id":"s","tool_name":"ExitPlanMode"}""", "asks/plan A plan waits for approval.")]
    [InlineData("claude-code", """{"hook_event_name":"Notification","session_id":"s","notification_type":"idle_prompt"}""", "turn-ended")]
    [InlineData("claude-code", """{"hook_event_name":"Notification","session_id":"s","notification_type":"new_one"}""", "nothing")]
    [InlineData("claude-code", """{"hook_event_name":"Stop","session_id":"s","last_assistant_message":"Done.","background_tasks":[]}""", "turn-ended Done.")]
    [InlineData("claude-code", """{"hook_event_name":"Stop","session_id":"s","background_tasks":[{"status":"running"}]}""", "background")]
    [InlineData("claude-code", """{"hook_event_name":"Stop","session_id":"s","background_tasks":[{"status":"completed"}]}""", "turn-ended")]
    [InlineData("claude-code", """{"hook_event_name":"StopFailure","session_id":"s","error":"rate_limit"}""", "failed/limit rate_limit")]
    [InlineData("claude-code", """{"hook_event_name":"StopFailure","session_id":"s","error":"authentication_failed","last_assistant_message":"Log in."}""", "failed/login Log in.")]
    [InlineData("claude-code", """{"hook_event_name":"StopFailure","session_id":"s","error":"unknown"}""", "failed/error unknown")]
    [InlineData("claude-code", """{"hook_event_name":"SessionStart","session_id":"s","source":"compact"}""", "nothing")]
    [InlineData("claude-code", """{"hook_event_name":"SessionEnd","session_id":"s","reason":"clear"}""", "gone The session ended.")]
    [InlineData("claude-code", """{"hook_event_name":"PreCompact","session_id":"s"}""", "busy compaction")]
    [InlineData("claude-code", """{"hook_event_name":"PostCompact","session_id":"s","trigger":"manual"}""", "idle")]
    [InlineData("claude-code", """{"hook_event_name":"SubagentStop","session_id":"s","agent_id":"a"}""", "nothing")]
    [InlineData("codex", """{"hook_event_name":"Interrupt","session_id":"s"}""", "idle interrupted")]
    [InlineData("codex", """{"type":"agent-turn-complete","thread-id":"s","last-assistant-message":"hi"}""", "turn-ended hi")]
    [InlineData("gemini", """{"hook_event_name":"BeforeAgent","session_id":"s"}""", "busy")]
    [InlineData("gemini", """{"hook_event_name":"BeforeTool","session_id":"s","tool_name":"ask_user","tool_input":{"questions":[{"question":"Which?"}]}}""", "asks/question Which?")]
    [InlineData("gemini", """{"hook_event_name":"Notification","session_id":"s","notification_type":"ToolPermission","details":{"command":"touch x"}}""", "asks/permission touch x")]
    [InlineData("gemini", """{"hook_event_name":"AfterAgent","session_id":"s","prompt_response":"hi"}""", "turn-ended hi")]
    [InlineData("gemini", """{"hook_event_name":"PreCompress","session_id":"s"}""", "nothing")]
    public void An_event_means(string agent, string payload, string meaning)
    {
        var seen = HookReader.Read(agent, Encoding.UTF8.GetBytes(payload), cut: false);

        Assert.Equal((meaning, null, "s"), (Meaning(seen), seen.Problem, seen.NativeSessionId));
    }

    [Fact]
    public void The_agents_own_time_counts_unless_it_has_not_come_yet()
    {
        var seen = HookReader.Read("gemini", """{"hook_event_name":"BeforeAgent","session_id":"s","timestamp":"1970-01-01T00:00:05Z"}"""u8.ToArray(), cut: false);

        Assert.Equal((5000, 4000), (seen.Says(9000)!.Item!.AtMs, seen.Says(4000)!.Item!.AtMs));
    }

    [Fact]
    public void No_bytes_make_it_throw() => Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 400], Gen.Byte).Sample(
        (noise, at, value) =>
        {
            var payload = Encoding.UTF8.GetBytes("""{"hook_event_name":"PermissionRequest","session_id":"s","cwd":"/p","tool_name":"Bash","tool_input":{"command":"x"}}""");
            payload[at % payload.Length] = value;

            return HookReader.Read("claude-code", payload, cut: false) is not null && HookReader.Read("codex", noise, cut: false).Problem is not null;
        },
        iter: 20_000);

    [Theory]
    [InlineData("claude-code-2.1.330", "claude-code")]
    [InlineData("codex-0.169.0", "codex")]
    [InlineData("gemini-cli-0.61.0", "gemini")]
    public void Captured_payloads_are_understood(string folder, string agent)
    {
        var captured = Path.Combine(Captured(), folder);
        Assert.SkipUnless(Directory.Exists(captured), "The captured payloads are not here.");

        var seen = Directory.GetFiles(captured, "*.json").Where(f => !Path.GetFileName(f).StartsWith("http.", StringComparison.Ordinal))
            .Select(f => HookReader.Read(agent, File.ReadAllBytes(f), cut: false)).ToList();

        Assert.NotEmpty(seen);
        Assert.All(seen, s => Assert.Null(s.Problem));
    }

    private static string Meaning(HookSeen seen) => seen.Claim is not { } claim
        ? "nothing"
        : $"{CardWords.Word(claim.Claim)}{(claim.Reason is null ? "" : $"/{CardWords.Word(claim.Reason)}")} {claim.Detail}".TrimEnd();

    /// <summary>Beside the repository, or beside the folder that holds it.</summary>
    private static string Captured([CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
        string[] places = [Path.Combine(root, "..", "shared"), Path.Combine(root, "..", "..", "shared")];
        return Path.Combine(Array.Find(places, Directory.Exists) ?? places[0], "agents", "hooks");
    }
}
