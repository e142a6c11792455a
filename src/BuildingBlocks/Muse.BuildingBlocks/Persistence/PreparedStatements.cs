using Microsoft.Data.Sqlite;

namespace Muse.BuildingBlocks.Persistence;

/// <summary>Statements of one connection by their text, each compiled once: compiling one costs as much as fifty rows. Not thread-safe.</summary>
/// <param name="connection">Asked for with each new statement; open, and outlives them.</param>
public class PreparedStatements(Func<SqliteConnection> connection) : IDisposable
{
    private readonly Dictionary<string, PreparedStatement> _statements = new(StringComparer.Ordinal);

    /// <param name="sql">Constant text with <c>?</c> for each value; never text from outside.</param>
    /// <returns>Bind, run, and do not dispose it.</returns>
    public PreparedStatement this[string sql] => _statements.TryGetValue(sql, out var known)
        ? known
        : _statements[sql] = new PreparedStatement(connection(), sql);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
        GC.SuppressFinalize(this);
    }
}
