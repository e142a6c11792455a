using Muse.Contracts.Sessions;

namespace Muse.Testing;

/// <summary>Builders of what tests need, with everything that a test does not care about filled in.</summary>
public static class A
{
    /// <summary>A one-pixel picture.</summary>
    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>A transcript of Claude Code in the host's home.</summary>
    public static ClaudeTranscript Transcript(MuseHost muse, string session, string cwd = "/home/ann/shop", string? agentId = null) =>
        new(muse, session, cwd, agentId);

    /// <summary>Muse's id of a Claude Code session of the test host.</summary>
    public static string SessionId(string nativeId) => Contracts.Sessions.SessionId.For("test", "claude-code", nativeId);

    public static UsageRow Usage(
        string identity, long atMs = 1000, long output = 10, string? model = "m", bool sidechain = false, bool inherited = false, long input = 1,
        long? window = null) => new(identity, atMs, model, input, 2, 3, 4, output, 0, 0, sidechain, inherited, false, window);

    /// <summary>A read of a transcript that found usage.</summary>
    public static TranscriptRead Read(string sessionId, long generation, params UsageRow[] usage) => new(
        sessionId, "claude-code", null, generation, 0, 100, 1, "/home/ann/shop", "main", usage, [], [], [], [], []);
}
