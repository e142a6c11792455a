namespace Muse.Contracts.Insights;

/// <summary>
/// What sessions cost so far, their subagents' responses included: sums only, so that it may be asked of all. For
/// tokens, the context and what was used lately there is <see cref="FiguresOfSessions"/>.
/// </summary>
/// <param name="SessionIds">Muse's ids; null for all sessions that have responses.</param>
public sealed record CostsOfSessions(IReadOnlyCollection<string>? SessionIds) : IQuestion<IReadOnlyDictionary<string, SessionCost>>
{
    /// <summary>By session; those without any response are not in it.</summary>
    public IReadOnlyDictionary<string, SessionCost>? Answer { get; set; }
}

/// <param name="CostMicroUsd">Millionths of a US dollar at the list prices of the API; of those responses that have a price.</param>
/// <param name="UnpricedResponses">Responses that have none: the cost is at least what is told.</param>
public readonly record struct SessionCost(long CostMicroUsd, long UnpricedResponses);
