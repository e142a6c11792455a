using Microsoft.Data.Sqlite;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Sessions;

namespace Muse.Board.Projections;

/// <summary>What responses add to a session's sums; negative where a response turned out to be another session's.</summary>
internal sealed record Sums(long Input, long Output, long Responses);

/// <summary>
/// Keeps one row for each response. Which record's tokens count, and which session is charged, are the greatest and the
/// least of total orders, so that sums end the same in whatever order and however often records come.
/// </summary>
internal sealed class ResponseLedger : IDisposable
{
    private readonly SqliteCommand _find;
    private readonly PreparedStatement _put;
    private readonly Dictionary<string, Sums> _changes = new(StringComparer.Ordinal);

    public ResponseLedger(SqliteConnection connection, SqliteTransaction transaction)
    {
        _find = connection.CreateCommand();
        _find.Transaction = transaction;
        _find.CommandText =
            "SELECT session_id, at_ms, sidechain, stated_at_ms, input_tokens, output_tokens FROM board_responses WHERE identity = $identity";
        _find.Parameters.Add("$identity", SqliteType.Text);
        _find.Prepare();
        _put = new PreparedStatement(
            connection,
            """
            INSERT OR REPLACE INTO board_responses (identity, session_id, at_ms, sidechain, stated_at_ms, input_tokens, output_tokens)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """);
    }

    /// <summary>By session, what the records told so far change.</summary>
    public IReadOnlyDictionary<string, Sums> Changes => _changes;

    public void Put(string sessionId, UsageRow usage)
    {
        var told = new Response(sessionId, usage.AtMs, usage.Sidechain, usage.AtMs, InputOf(usage), usage.OutputTokens);
        var had = Find(usage.Identity);
        var now = had is null ? told : Merge(had, told);
        if (now == had)
        {
            return;
        }

        _put.Bind(usage.Identity).Bind(now.SessionId).Bind(now.AtMs).Bind(now.Sidechain ? 1 : 0).Bind(now.StatedAtMs).Bind(now.Input).Bind(now.Output).Execute();
        if (had is not null)
        {
            Add(had, -1);
        }

        Add(now, 1);
    }

    /// <summary>The whole input of a response: its four buckets are disjoint.</summary>
    public static long InputOf(UsageRow usage) =>
        usage.InputTokens + usage.CacheWrite5mTokens + usage.CacheWrite1hTokens + usage.CacheReadTokens;

    public void Dispose()
    {
        _find.Dispose();
        _put.Dispose();
    }

    private Response? Find(string identity)
    {
        _find.Parameters[0].Value = identity;
        using var reader = _find.ExecuteReader();
        return reader.Read()
            ? new Response(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2) != 0, reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5))
            : null;
    }

    private static Response Merge(Response had, Response told)
    {
        var first = (told.AtMs, told.SessionId).CompareTo((had.AtMs, had.SessionId)) < 0 ? told : had;
        var best = (!told.Sidechain, told.Output, told.StatedAtMs, told.Input).CompareTo((!had.Sidechain, had.Output, had.StatedAtMs, had.Input)) > 0 ? told : had;
        return best with { SessionId = first.SessionId, AtMs = first.AtMs };
    }

    private void Add(Response response, int sign)
    {
        var sums = _changes.GetValueOrDefault(response.SessionId, new Sums(0, 0, 0));
        _changes[response.SessionId] = new Sums(sums.Input + (sign * response.Input), sums.Output + (sign * response.Output), sums.Responses + sign);
    }

    private sealed record Response(string SessionId, long AtMs, bool Sidechain, long StatedAtMs, long Input, long Output);
}
