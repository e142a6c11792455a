using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Muse.Board.Adoption;

/// <summary>From a Gemini process to its session: nothing stays open and nothing names it, so the newest file of the folder is it.</summary>
internal static class GeminiSessions
{
    /// <summary>The session's id stands in the first record, before any message.</summary>
    private const int HeadBytes = 8 << 10;
    private const int LongestProjects = 4 << 20;

    /// <param name="taken">Files of other processes in the same folder; the match is added.</param>
    /// <param name="shared">True if another Gemini runs in the same folder.</param>
    public static SessionMatch Match(SeenAgent agent, string root, ISet<string> taken, bool shared)
    {
        var since = agent.StartedAtMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime : DateTime.MaxValue;
        var newest = Folders(root, agent.Cwd).SelectMany(Chats).Where(f => f.LastWriteTimeUtc >= since && !taken.Contains(f.FullName))
            .OrderByDescending(f => f.LastWriteTimeUtc).Select(f => (f.FullName, Id: IdOf(f.FullName))).FirstOrDefault(f => f.Id is not null);
        if (newest.Id is not null)
        {
            taken.Add(newest.FullName);
            return new SessionMatch(newest.Id, newest.FullName, "newest file of the folder", shared ? Confidence.Low : Confidence.Likely);
        }

        return agent.Program.NamedSession is { } named
            ? new SessionMatch(named, null, "argument", Confidence.Likely)
            : new SessionMatch(null, null, "no session known yet", Confidence.Certain);
    }

    /// <summary>Short names are listed in a file; before, a folder's name was the hash of the project's.</summary>
    private static IEnumerable<string> Folders(string root, string cwd)
    {
        if (ShortName(Path.Combine(root, "projects.json"), cwd) is { Length: > 0 } name && Path.GetFileName(name) == name)
        {
            yield return Path.Combine(root, "tmp", name, "chats");
        }

        yield return Path.Combine(root, "tmp", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cwd))), "chats");
    }

    private static string? ShortName(string file, string cwd)
    {
        try
        {
            using var stream = File.OpenRead(file);
            if (stream.Length > LongestProjects)
            {
                return null;
            }

            using var document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("projects", out var projects)
                && projects.ValueKind == JsonValueKind.Object && projects.TryGetProperty(cwd, out var name) && name.ValueKind == JsonValueKind.String
                ? name.GetString()
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static FileInfo[] Chats(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFiles("session-*.json*").Where(f => f.Extension is ".json" or ".jsonl")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? IdOf(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var head = new byte[HeadBytes];
            var json = new Utf8JsonReader(head.AsSpan(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)), isFinalBlock: false, default);
            while (json.Read())
            {
                if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == 1 && json.ValueTextEquals("sessionId"u8))
                {
                    return json.Read() && json.TokenType == JsonTokenType.String ? json.GetString() : null;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // Gone, or half-written: the next look finds it.
        }

        return null;
    }
}
