using Muse.Sessions.Reading;
using Muse.Sessions.Reading.Claude;
using Muse.Sessions.Reading.Codex;
using Muse.Sessions.Reading.Gemini;
using Muse.Sessions.Tests.Reading;

namespace Muse.Sessions.Tests.Fuzz;

/// <summary>A reader under test: an agent's lines, or its documents.</summary>
internal sealed class Subject
{
    public static IReadOnlyList<string> Names { get; } = ["claude", "codex", "gemini", "gemini-document"];

    public Subject(string name)
    {
        Name = name;
        Format = name switch
        {
            "claude" => new ClaudeFormat(),
            "codex" => new CodexFormat(),
            _ => new GeminiFormat(),
        };
        Path = IsDocument ? "/fuzz/chats/session-x.json" : "/fuzz/projects/p/rollout-x.jsonl";
        Seeds = [.. Golden.All.Select(golden => new Golden(golden)).Where(IsSeed).Select(golden => golden.Bytes)];
    }

    public string Name { get; }

    public ITranscriptFormat Format { get; }

    public string Path { get; }

    public bool IsDocument => Name.EndsWith("document", StringComparison.Ordinal);

    /// <summary>What is mutated: the goldens of the agent.</summary>
    public IReadOnlyList<byte[]> Seeds { get; }

    private bool IsSeed(Golden golden) => golden.Format.Agent == Format.Agent && golden.Format.IsDocument(golden.FullPath) == IsDocument;
}
