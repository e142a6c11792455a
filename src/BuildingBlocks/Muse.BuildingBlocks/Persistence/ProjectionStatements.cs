using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Muse.BuildingBlocks.Modules;

namespace Muse.BuildingBlocks.Persistence;

/// <summary>
/// The statements of a module's projections, each compiled once for all facts of a transaction: compiling one costs as
/// much as fifty rows. One per scope; the pump opened the connection and its transaction.
/// </summary>
public sealed class ProjectionStatements<TContext>(TContext db) : IDisposable
    where TContext : ModuleDbContext
{
    private readonly Dictionary<string, PreparedStatement> _statements = new(StringComparer.Ordinal);

    /// <param name="sql">Constant text with <c>?</c> for each value; never text from outside.</param>
    /// <returns>Bind, run, and do not dispose it.</returns>
    public PreparedStatement this[string sql] => _statements.TryGetValue(sql, out var known)
        ? known
        : _statements[sql] = new PreparedStatement((SqliteConnection)db.Database.GetDbConnection(), sql);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
    }
}
