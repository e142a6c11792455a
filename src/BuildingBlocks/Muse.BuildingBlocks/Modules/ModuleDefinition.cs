using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Journal;
using Muse.Contracts;

namespace Muse.BuildingBlocks.Modules;

/// <summary>A registered module, as the pump and the migration step see it.</summary>
/// <param name="ProjectionVersion">Raised when the same facts give other rows.</param>
/// <param name="ContextType">The module's context; null for a module without tables.</param>
public sealed record ModuleDefinition(string Name, int ProjectionVersion, Type? ContextType, Assembly Assembly)
{
    /// <summary>The consumer name of the module's reactions; its projections use the plain name.</summary>
    public string Reactions => $"{Name}.reactions";

    /// <summary>The table of the module's applied migrations.</summary>
    public string MigrationHistory => $"{Name}__migrations";

    /// <summary>Types of the facts that the module projects.</summary>
    public IReadOnlySet<Type> Projected { get; } = FactsHandledBy(Assembly, typeof(IProjection<>));

    /// <summary>Types of the facts that the module reacts to.</summary>
    public IReadOnlySet<Type> ReactedTo { get; } = FactsHandledBy(Assembly, typeof(IReaction<>));

    /// <summary>The SQL of all the module's migrations, written by <c>./muse migrate</c>; null for a module without tables.</summary>
    public string? ReadSchema()
    {
        using var stream = Assembly.GetManifestResourceStream("schema.sql");
        return stream is null ? null : new StreamReader(stream).ReadToEnd();
    }

    internal ModuleDbContext? Context(IServiceProvider scope) =>
        ContextType is null ? null : (ModuleDbContext)scope.GetRequiredService(ContextType);

    internal static bool Implements(Type handler, Type contract) =>
        Array.Exists(handler.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == contract);

    private static HashSet<Type> FactsHandledBy(Assembly assembly, Type contract) =>
    [
        .. assembly.GetTypes().Where(t => !t.IsAbstract).SelectMany(t => t.GetInterfaces())
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == contract).Select(i => i.GenericTypeArguments[0]),
    ];
}
