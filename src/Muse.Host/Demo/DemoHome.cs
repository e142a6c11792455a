using System.Globalization;

namespace Muse.Host.Demo;

/// <summary>A made-up home folder with the files of three agents, all invented.</summary>
internal sealed class DemoHome(string path, DateTimeOffset now)
{
    private static readonly string[] Projects = ["/home/ada/lighthouse", "/home/ada/tidepool", "/home/ada/notes-api"];

    /// <summary>Writes every story. The files get the times of their last records, so that the list reads naturally.</summary>
    /// <returns>The transcript that goes on growing.</returns>
    public (string File, ClaudeTranscript Transcript) Write()
    {
        foreach (var story in ClaudeStories.All(now))
        {
            Claude(story);
        }

        foreach (var rollout in CodexStories.All(now))
        {
            Codex(rollout);
        }

        foreach (var chat in GeminiStories.All(now))
        {
            Gemini(chat);
        }

        var growing = ClaudeStories.Growing(now);
        return (Claude(new ClaudeStory(growing, "/home/ada/lighthouse")), growing);
    }

    private string Claude(ClaudeStory story)
    {
        var folder = Path.Combine(path, ".claude", "projects", story.Project.Replace('/', '-'));
        var file = Path.Combine(folder, $"{story.Main.SessionId}.jsonl");
        Save(file, story.Main.Lines, story.Main.Now);
        foreach (var agent in story.Agents)
        {
            var agents = Path.Combine(folder, story.Main.SessionId, "subagents");
            Save(Path.Combine(agents, $"agent-{agent.Id}.jsonl"), agent.Transcript.Lines, agent.Transcript.Now);
            File.WriteAllText(
                Path.Combine(agents, $"agent-{agent.Id}.meta.json"),
                DemoLine.Of(new { agentType = agent.Type, description = agent.Description, toolUseId = agent.CallId, spawnDepth = 1, finished = true }));
        }

        return file;
    }

    private void Codex(CodexTranscript rollout)
    {
        // Names carry the machine's own time, records are in UTC.
        var local = rollout.Start.ToLocalTime();
        var name = string.Create(CultureInfo.InvariantCulture, $"rollout-{local:yyyy-MM-ddTHH-mm-ss}-{rollout.ThreadId}.jsonl");
        var folder = Path.Combine(path, ".codex", "sessions", local.ToString("yyyy", CultureInfo.InvariantCulture), local.ToString("MM", CultureInfo.InvariantCulture), local.ToString("dd", CultureInfo.InvariantCulture));
        Save(Path.Combine(folder, name), rollout.Lines, rollout.Start.AddSeconds(rollout.Lines.Count));
    }

    private void Gemini(GeminiTranscript chat)
    {
        var root = Path.Combine(path, ".gemini");
        var name = string.Create(CultureInfo.InvariantCulture, $"session-{chat.Start.UtcDateTime:yyyy-MM-ddTHH-mm}-{chat.SessionId[..8]}.jsonl");
        Save(Path.Combine(root, "tmp", "notes-api", "chats", name), chat.Lines, chat.Start.AddSeconds(chat.Lines.Count * 2));
        File.WriteAllText(Path.Combine(root, "tmp", "notes-api", ".project_root"), Projects[2]);
        File.WriteAllText(
            Path.Combine(root, "projects.json"),
            DemoLine.Of(new { projects = new Dictionary<string, string>(StringComparer.Ordinal) { [Projects[2]] = "notes-api" } }));
    }

    private static void Save(string file, IReadOnlyList<string> lines, DateTimeOffset written)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, string.Join('\n', lines) + "\n");
        File.SetLastWriteTimeUtc(file, written.UtcDateTime);
    }
}

/// <summary>A Claude Code session and the subagents it started.</summary>
internal sealed record ClaudeStory(ClaudeTranscript Main, string Project)
{
    public IReadOnlyList<DemoAgent> Agents { get; init; } = [];
}

/// <param name="CallId">The tool call that started it.</param>
internal sealed record DemoAgent(string Id, string Type, string Description, string CallId, ClaudeTranscript Transcript);
