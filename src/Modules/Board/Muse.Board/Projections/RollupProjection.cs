using Muse.Board.Persistence;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Sessions;

namespace Muse.Board.Projections;

/// <summary>
/// Keeps what a card shows of its session. Every column is the newest of something, or a sum over rows that are counted
/// once: order and repetition of facts change nothing. Tokens are not added up here, see <see cref="CardReader"/>.
/// </summary>
internal sealed class RollupProjection(ProjectionStatements<BoardDbContext> statements) : IProjection<TranscriptRead>
{
    private const string Start = """
        INSERT INTO board_rollups (session_id, place_at_ms, last_ask_at_ms, last_action_at_ms, model_at_ms, context_tokens, context_at_ms,
          errors, last_error_at_ms)
        VALUES (?, 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING
        """;

    private const string TakeContext =
        "UPDATE board_rollups SET context_at_ms = ?1, context_tokens = ?2 WHERE session_id = ?3 AND (context_at_ms, context_tokens) < (?1, ?2)";

    private const string AddError = "INSERT INTO board_errors (session_id, at_ms, code) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    private const string CountErrors = "UPDATE board_rollups SET errors = errors + ? WHERE session_id = ?";
    private static readonly string TakePlace = TakeNewer("place_at_ms", "project_path", "branch");
    private static readonly string TakeAsk = TakeNewer("last_ask_at_ms", "last_ask");
    private static readonly string TakeAction = TakeNewer("last_action_at_ms", "last_action", "last_action_kind");
    private static readonly string TakeModel = TakeNewer("model_at_ms", "model");
    private static readonly string TakeError = TakeNewer("last_error_at_ms", "last_error");

    public Task Handle(TranscriptRead notification, CancellationToken cancellationToken)
    {
        statements[Start].Bind(notification.SessionId).Execute();
        if (notification.AgentId is null)
        {
            TakeWhatIsNewest(notification);
        }

        if (notification.Errors.Length > 0)
        {
            var add = statements[AddError];
            var added = notification.Errors.Sum(error => add.Bind(notification.SessionId).Bind(error.AtMs).Bind(error.Code).Execute());
            statements[CountErrors].Bind(added).Bind(notification.SessionId).Execute();
        }

        return Task.CompletedTask;
    }

    private void TakeWhatIsNewest(TranscriptRead read)
    {
        var times = read.Prompts.Select(p => p.AtMs).Concat(read.Tools.Select(t => t.AtMs)).Concat(read.Usage.Select(u => u.AtMs)).DefaultIfEmpty(0);
        statements[TakePlace].Bind(times.Max()).Bind(read.SessionId).Bind(read.ProjectPath).Bind(read.Branch).Execute();
        if (read.Prompts.Where(p => !p.Reply).MaxBy(p => (p.AtMs, p.Ordinal)) is { } ask)
        {
            statements[TakeAsk].Bind(ask.AtMs).Bind(read.SessionId).Bind(ask.Preview).Execute();
        }

        if (read.Prompts.Where(p => p.Reply).MaxBy(p => (p.AtMs, p.Ordinal)) is { } reply)
        {
            statements[TakeAction].Bind(reply.AtMs).Bind(read.SessionId).Bind(reply.Preview).Bind("reply").Execute();
        }

        if (read.Tools.MaxBy(t => (t.AtMs, t.Ordinal)) is { } tool)
        {
            var action = tool.Status == "ok" ? tool.Name : $"{tool.Name}: {tool.Status}";
            statements[TakeAction].Bind(tool.AtMs).Bind(read.SessionId).Bind(action).Bind("tool").Execute();
        }

        if (read.Usage.Where(u => !u.Sidechain).MaxBy(u => (u.AtMs, Tokens(u))) is { } usage)
        {
            statements[TakeContext].Bind(usage.AtMs).Bind(Tokens(usage)).Bind(read.SessionId).Execute();
        }

        if (read.Usage.Where(u => u is { Sidechain: false, Model: not null }).MaxBy(u => (u.AtMs, u.Model)) is { } named)
        {
            statements[TakeModel].Bind(named.AtMs).Bind(read.SessionId).Bind(named.Model).Execute();
        }

        if (read.Errors.MaxBy(e => (e.AtMs, e.Ordinal)) is { } error)
        {
            statements[TakeError].Bind(error.AtMs).Bind(read.SessionId).Bind($"{error.Code}: {error.Preview}").Execute();
        }
    }

    /// <summary>All that the model was given and gave.</summary>
    private static long Tokens(UsageRow usage) =>
        usage.InputTokens + usage.CacheWrite5mTokens + usage.CacheWrite1hTokens + usage.CacheReadTokens + usage.OutputTokens;

    /// <summary>Overwrites the columns if the values are newer; of one time, with the greater text, so that order does not matter.</summary>
    private static string TakeNewer(string time, params string[] columns)
    {
        var set = string.Join(", ", columns.Select((column, i) => $"{column} = ?{i + 3}"));
        var had = string.Join(", ", columns.Select(column => $"coalesce({column}, '')"));
        var told = string.Join(", ", columns.Select((_, i) => $"coalesce(?{i + 3}, '')"));
        return $"UPDATE board_rollups SET {time} = ?1, {set} WHERE session_id = ?2 AND ({time}, {had}) < (?1, {told})";
    }
}
