namespace Muse.Contracts.Insights;

/// <summary>
/// What sessions are charged with so far, their subagents' responses included, each response counted once in the whole
/// archive. A question and not a fact: adding up is the business of one module, and few sessions are asked about.
/// </summary>
/// <param name="SessionIds">Muse's ids; few, such as the sessions on the board or on a page of the list.</param>
/// <param name="SinceMs">UTC milliseconds; responses from then on are told one by one.</param>
public sealed record FiguresOfSessions(IReadOnlyCollection<string> SessionIds, long SinceMs) : IQuestion<IReadOnlyDictionary<string, SessionFigures>>
{
    /// <summary>By session; those without any response are not in it.</summary>
    public IReadOnlyDictionary<string, SessionFigures>? Answer { get; set; }
}

/// <param name="InputTokens">All four buckets: new, written to the cache for five minutes or an hour, read from it.</param>
/// <param name="OutputTokens">Reasoning included.</param>
/// <param name="CostMicroUsd">Millionths of a US dollar at the list prices of the API; of those responses that have a price.</param>
/// <param name="UnpricedResponses">Responses whose model, or a part of whose use, has no known price: the cost is at least what is told.</param>
/// <param name="ContextWindow">Tokens that fit into the context of the main conversation's last response; null if nobody knows.</param>
/// <param name="RecentAtMs">UTC milliseconds of the responses since the time that was asked for, in order.</param>
public sealed record SessionFigures(
    long InputTokens, long OutputTokens, long CostMicroUsd, long UnpricedResponses, long? ContextWindow, IReadOnlyList<long> RecentAtMs);
