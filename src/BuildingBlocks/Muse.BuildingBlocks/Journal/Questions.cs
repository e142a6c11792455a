using MediatR;
using Muse.Contracts;

namespace Muse.BuildingBlocks.Journal;

/// <summary>Asks another module for a read that would be wasteful to project.</summary>
public interface IQuestions
{
    /// <summary>The answer of the one module that owns the data.</summary>
    /// <exception cref="InvalidOperationException">No module answered.</exception>
    /// <exception cref="TimeoutException">The module did not answer in time; names the question.</exception>
    Task<TAnswer> AskAsync<TAnswer>(IQuestion<TAnswer> question, CancellationToken ct)
        where TAnswer : class;
}

internal sealed class Questions(IMediator mediator, TimeProvider clock) : IQuestions
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public async Task<TAnswer> AskAsync<TAnswer>(IQuestion<TAnswer> question, CancellationToken ct)
        where TAnswer : class
    {
        using var timeout = new CancellationTokenSource(Deadline, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        var name = question.GetType().Name;
        try
        {
            // The mediator looks handlers up by the question's own type, not by the interface.
            await mediator.Publish(question, both.Token);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new TimeoutException($"{name} was not answered within {Deadline.TotalSeconds:0} s.", e);
        }

        return question.Answer ?? throw new InvalidOperationException($"No module answered {name}.");
    }
}
