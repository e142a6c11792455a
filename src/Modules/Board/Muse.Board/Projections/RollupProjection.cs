using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Muse.Board.Persistence;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Sessions;

namespace Muse.Board.Projections;

/// <summary>
/// Keeps what a card shows of its session. Every column is the newest of something or a sum over rows that are counted
/// once: order and repetition of facts change nothing.
/// </summary>
internal sealed class RollupProjection(BoardDbContext db) : IProjection<TranscriptRead>
{
    private const string Start = """
        INSERT INTO board_rollups (session_id, place_at_ms, last_ask_at_ms, last_action_at_ms, model_at_ms, context_tokens, context_at_ms,
          input_tokens, output_tokens, responses, errors, last_error_at_ms)
        VALUES (?, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING
        """;

    public async Task Handle(TranscriptRead notification, CancellationToken cancellationToken)
    {
        // The pump opened the connection and its transaction.
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var transaction = (SqliteTransaction)db.Database.CurrentTransaction!.GetDbTransaction(); // the pump's
        using var start = new PreparedStatement(connection, Start);
        start.Bind(notification.SessionId).Execute();
        if (notification.AgentId is null)
        {
            TakeNewest(connection, notification);
        }

        CountErrors(connection, notification);
        CountResponses(connection, transaction, start, notification);
    }

    private static void TakeNewest(SqliteConnection connection, TranscriptRead read)
    {
        var times = read.Prompts.Select(p => p.AtMs).Concat(read.Tools.Select(t => t.AtMs)).Concat(read.Usage.Select(u => u.AtMs)).DefaultIfEmpty(0);
        Take(connection, read.SessionId, "place_at_ms", times.Max(), ("project_path", read.ProjectPath), ("branch", read.Branch));
        if (read.Prompts.Where(p => !p.Reply).MaxBy(p => (p.AtMs, p.Ordinal)) is { } ask)
        {
            Take(connection, read.SessionId, "last_ask_at_ms", ask.AtMs, ("last_ask", ask.Preview));
        }

        if (read.Prompts.Where(p => p.Reply).MaxBy(p => (p.AtMs, p.Ordinal)) is { } reply)
        {
            Take(connection, read.SessionId, "last_action_at_ms", reply.AtMs, ("last_action", reply.Preview), ("last_action_kind", "reply"));
        }

        if (read.Tools.MaxBy(t => (t.AtMs, t.Ordinal)) is { } tool)
        {
            var action = tool.Status == "ok" ? tool.Name : $"{tool.Name}: {tool.Status}";
            Take(connection, read.SessionId, "last_action_at_ms", tool.AtMs, ("last_action", action), ("last_action_kind", "tool"));
        }

        if (read.Usage.Where(u => !u.Sidechain).MaxBy(u => (u.AtMs, ResponseLedger.InputOf(u) + u.OutputTokens)) is { } usage)
        {
            TakeContext(connection, read.SessionId, usage);
        }

        if (read.Usage.Where(u => u is { Sidechain: false, Model: not null }).MaxBy(u => (u.AtMs, u.Model)) is { } named)
        {
            Take(connection, read.SessionId, "model_at_ms", named.AtMs, ("model", named.Model));
        }

        if (read.Errors.MaxBy(e => (e.AtMs, e.Ordinal)) is { } error)
        {
            Take(connection, read.SessionId, "last_error_at_ms", error.AtMs, ("last_error", $"{error.Code}: {error.Preview}"));
        }
    }

    /// <summary>Overwrites the values if these are newer; of one time, the greater text, so that order does not matter.</summary>
    private static void Take(SqliteConnection connection, string sessionId, string timeColumn, long atMs, params (string Column, string? Value)[] values)
    {
        var set = string.Join(", ", values.Select(v => $"{v.Column} = ?"));
        var key = $"({timeColumn}, {string.Join(", ", values.Select(v => $"coalesce({v.Column}, '')"))})";
        using var update = new PreparedStatement(
            connection,
            $"UPDATE board_rollups SET {timeColumn} = ?, {set} WHERE session_id = ? AND {key} < (?, {string.Join(", ", values.Select(_ => "?"))})");
        update.Bind(atMs);
        foreach (var (_, value) in values)
        {
            update.Bind(value);
        }

        update.Bind(sessionId).Bind(atMs);
        foreach (var (_, value) in values)
        {
            update.Bind(value ?? "");
        }

        update.Execute();
    }

    private static void TakeContext(SqliteConnection connection, string sessionId, UsageRow usage)
    {
        var tokens = ResponseLedger.InputOf(usage) + usage.OutputTokens;
        using var update = new PreparedStatement(
            connection,
            """
            UPDATE board_rollups SET context_at_ms = ?, context_tokens = ? WHERE session_id = ? AND (context_at_ms, context_tokens) < (?, ?)
            """);
        update.Bind(usage.AtMs).Bind(tokens).Bind(sessionId).Bind(usage.AtMs).Bind(tokens).Execute();
    }

    private static void CountErrors(SqliteConnection connection, TranscriptRead read)
    {
        if (read.Errors.Length == 0)
        {
            return;
        }

        using var add = new PreparedStatement(connection, "INSERT INTO board_errors (session_id, at_ms, code) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
        using var count = new PreparedStatement(connection, "UPDATE board_rollups SET errors = errors + ? WHERE session_id = ?");
        var added = read.Errors.Sum(error => add.Bind(read.SessionId).Bind(error.AtMs).Bind(error.Code).Execute());
        count.Bind(added).Bind(read.SessionId).Execute();
    }

    private static void CountResponses(SqliteConnection connection, SqliteTransaction transaction, PreparedStatement start, TranscriptRead read)
    {
        if (!Array.Exists(read.Usage, u => !u.Inherited))
        {
            return;
        }

        using var ledger = new ResponseLedger(connection, transaction);
        foreach (var usage in read.Usage.Where(u => !u.Inherited))
        {
            ledger.Put(read.SessionId, usage);
        }

        using var sum = new PreparedStatement(
            connection,
            "UPDATE board_rollups SET input_tokens = input_tokens + ?, output_tokens = output_tokens + ?, responses = responses + ? WHERE session_id = ?");
        foreach (var (sessionId, change) in ledger.Changes)
        {
            start.Bind(sessionId).Execute();
            sum.Bind(change.Input).Bind(change.Output).Bind(change.Responses).Bind(sessionId).Execute();
        }
    }
}
