using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Modules;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;

namespace Muse.BuildingBlocks.Journal;

/// <summary>
/// Gives a command its transaction: rows and recorded facts commit together, or neither does. A failed result rolls
/// back. A request that is no command passes through.
/// </summary>
internal sealed class CommandBehavior<TRequest, TResponse>(
    IServiceProvider scope, IEnumerable<ModuleDefinition> modules, MuseDatabase database, FactJournal journal)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IResult<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var module = request is ICommand<TResponse>
            ? modules.FirstOrDefault(m => m.ContextType?.Assembly == typeof(TRequest).Assembly)
            : null;
        if (module is null)
        {
            return await next();
        }

        var context = (ModuleDbContext)scope.GetRequiredService(module.ContextType!); // a module found by its context has one
        using var write = await database.EnterWriteAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var response = await next();
        if (response.IsFailed)
        {
            return response;
        }

        await context.SaveChangesAsync(cancellationToken);
        var facts = journal.Append((SqliteConnection)context.Database.GetDbConnection(), [.. context.Recorded]);
        await transaction.CommitAsync(cancellationToken);
        context.ClearRecorded();
        journal.Committed(facts);
        return response;
    }
}
