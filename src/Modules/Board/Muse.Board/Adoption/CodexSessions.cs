using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Muse.Board.Adoption;

/// <summary>From a Codex process to its thread.</summary>
internal static class CodexSessions
{
    private const int IdLength = 36;

    /// <summary>Codex's server writes now and then; a look must not wait long for it.</summary>
    private const int WaitSeconds = 1;

    /// <param name="openFiles">What the process has open.</param>
    /// <param name="shared">True if another Codex runs in the same folder.</param>
    public static SessionMatch Match(SeenAgent agent, IReadOnlyList<string> openFiles, string root, bool shared)
    {
        var open = openFiles.Where(IsRollout).Distinct(StringComparer.Ordinal)
            .Select(path => (Path: path, Id: IdOf(path), WrittenAt: File.GetLastWriteTimeUtc(path))).Where(f => f.Id is not null)
            .OrderByDescending(f => f.WrittenAt).ToList();
        if (open.Count > 0)
        {
            return new SessionMatch(open[0].Id, open[0].Path, "open rollout", open.Count == 1 ? Confidence.Certain : Confidence.Likely);
        }

        // A shared server holds the files instead of the process a person sees.
        var newest = Newest(root, agent.Cwd, agent.StartedAtMs ?? long.MaxValue);
        return newest.Id is not null ? new SessionMatch(newest.Id, newest.Path, "newest thread of the folder", shared ? Confidence.Low : Confidence.Likely)
            : agent.Program.NamedSession is { } named ? new SessionMatch(named, null, "argument", Confidence.Likely)
            : new SessionMatch(null, null, "no session known yet", Confidence.Certain);
    }

    /// <summary>The thread's id stands at the end of the name.</summary>
    public static string? IdOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return name.Length > IdLength && Guid.TryParseExact(name[^IdLength..], "D", out _) ? name[^IdLength..] : null;
    }

    private static bool IsRollout(string path) =>
        path.EndsWith(".jsonl", StringComparison.Ordinal) && Path.GetFileName(path).StartsWith("rollout-", StringComparison.Ordinal);

    /// <summary>The number in the database's name is the version of its schema; columns may be missing in another.</summary>
    private static (string? Id, string? Path) Newest(string root, string cwd, long sinceMs)
    {
        try
        {
            var file = Directory.Exists(root) ? Directory.GetFiles(root, "state_*.sqlite").MaxBy(VersionOf) : null;
            if (file is null)
            {
                return default;
            }

            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = WaitSeconds }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                "SELECT id, rollout_path FROM threads WHERE cwd = $cwd AND updated_at_ms >= $since AND archived = 0 ORDER BY updated_at_ms DESC LIMIT 1";
            command.Parameters.AddWithValue("$cwd", cwd);
            command.Parameters.AddWithValue("$since", sinceMs);
            using var row = command.ExecuteReader();
            return row.Read() && !row.IsDBNull(0) ? (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)) : default;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or InvalidCastException)
        {
            return default;
        }
    }

    private static int VersionOf(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return int.TryParse(name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
    }
}
