using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Muse.Contracts;

namespace Muse.BuildingBlocks.Modules;

/// <summary>
/// A module's tables: snake_case names with the module's prefix, times as UTC milliseconds. Facts recorded here are
/// appended to the journal in the transaction that saves the rows.
/// </summary>
public abstract class ModuleDbContext(DbContextOptions options, string module) : DbContext(options)
{
    private readonly List<IFact> _recorded = [];

    /// <summary>Name of the module, prefix of its tables.</summary>
    public string Module { get; } = module;

    /// <summary>Facts waiting for the commit.</summary>
    internal IReadOnlyList<IFact> Recorded => _recorded;

    /// <summary>Tells the other modules, atomically with the rows saved by this request.</summary>
    public void Record(IFact fact) => _recorded.Add(fact);

    internal void ClearRecorded() => _recorded.Clear();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(GetType().Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName($"{Module}_{Snake(entity.GetTableName() ?? entity.ClrType.Name)}");
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(Snake(property.GetColumnName(StoreObjectIdentifier.Table(entity.GetTableName()!, null)) ?? property.Name));
            }

            foreach (var index in entity.GetIndexes())
            {
                index.SetDatabaseName($"ix_{Module}_{Snake(entity.ClrType.Name)}_{string.Join('_', index.Properties.Select(p => Snake(p.Name)))}");
            }
        }
    }

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_' && !char.IsUpper(name[i - 1]))
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}

/// <summary>Marks an entity as made of facts alone: emptied and made again when the module's projection version rises.</summary>
public interface IProjected;
