using System.Reflection;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Modules;
using Muse.Contracts;

namespace Muse.BuildingBlocks.Journal;

/// <summary>
/// The handlers that one module has for one type of fact. Found once: an archive's first reading makes thousands of facts,
/// and the container would make the handlers of every other module too, with their contexts, each time.
/// </summary>
internal abstract class FactCall
{
    /// <param name="contract"><see cref="IProjection{TFact}"/> or <see cref="IReaction{TFact}"/>.</param>
    public static FactCall Of(Type fact, Assembly module, Type contract) =>
        (FactCall)Activator.CreateInstance(typeof(FactCall<>).MakeGenericType(fact), module, contract)!; // made from a type, never null

    public abstract Task CallAsync(IServiceProvider scope, IFact fact, CancellationToken ct);
}

internal sealed class FactCall<TFact>(Assembly module, Type contract) : FactCall
    where TFact : IFact
{
    private readonly Type[] _handlers =
    [
        .. module.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(INotificationHandler<TFact>)) && ModuleDefinition.Implements(t, contract)),
    ];

    public override async Task CallAsync(IServiceProvider scope, IFact fact, CancellationToken ct)
    {
        foreach (var handler in _handlers)
        {
            await ((INotificationHandler<TFact>)ActivatorUtilities.CreateInstance(scope, handler)).Handle((TFact)fact, ct);
        }
    }
}
