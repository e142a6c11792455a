using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Muse.BuildingBlocks.Modules;

namespace Muse.BuildingBlocks.Persistence;

/// <summary>
/// The statements of a module's projections, for all facts of a transaction. One per scope; the pump opened the connection and its
/// transaction.
/// </summary>
public sealed class ProjectionStatements<TContext>(TContext db) : PreparedStatements(() => (SqliteConnection)db.Database.GetDbConnection())
    where TContext : ModuleDbContext;
