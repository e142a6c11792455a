using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Muse.BuildingBlocks.Modules;

/// <summary>A registered module, as the pump and the migration step see it.</summary>
/// <param name="ProjectionVersion">Raised when the same facts give other rows.</param>
/// <param name="ContextType">The module's context; null for a module without tables.</param>
public sealed record ModuleDefinition(string Name, int ProjectionVersion, Type? ContextType)
{
    /// <summary>The consumer name of the module's reactions; its projections use the plain name.</summary>
    public string Reactions => $"{Name}.reactions";

    internal ModuleDbContext? Context(IServiceProvider scope) =>
        ContextType is null ? null : (ModuleDbContext)scope.GetRequiredService(ContextType);
}
