namespace Muse.Contracts.Sessions;

/// <summary>
/// Asks what is wrong with sessions, as far as it was worked out. A question and not a fact: findings change with the rules, and
/// only those that are wrong are of interest to others.
/// </summary>
/// <param name="SessionIds">Muse's ids; few, such as those of one day. Null for all sessions with a finding that is bad.</param>
public sealed record HealthOfSessions(IReadOnlyCollection<string>? SessionIds) : IQuestion<IReadOnlyDictionary<string, SessionHealth>>
{
    /// <summary>By session; those that were not looked at yet are not in it.</summary>
    public IReadOnlyDictionary<string, SessionHealth>? Answer { get; set; }
}

/// <param name="State">The worst of the findings: <c>ok</c>, <c>warn</c>, <c>bad</c>.</param>
/// <param name="Why">The worst finding in one sentence with its figures, made of text of the session; null if there is none.</param>
public sealed record SessionHealth(string State, string? Why);
