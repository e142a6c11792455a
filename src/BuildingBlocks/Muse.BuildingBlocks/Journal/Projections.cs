using MediatR;
using Muse.Contracts;

namespace Muse.BuildingBlocks.Journal;

/// <summary>
/// Writes a fact of another module into one's own tables. Runs in the transaction that moves the module's cursor: no
/// clock, no randomness, no I/O besides the rows.
/// </summary>
public interface IProjection<in TFact> : INotificationHandler<TFact>
    where TFact : IFact;

/// <summary>Does a deed in the world because of a fact. At least once: checks state or the fact's key before it acts.</summary>
public interface IReaction<in TFact> : INotificationHandler<TFact>
    where TFact : IFact;

/// <summary>A change of one's own tables; the pipeline gives it a transaction.</summary>
public interface ICommand<out TResponse> : IRequest<TResponse>;
