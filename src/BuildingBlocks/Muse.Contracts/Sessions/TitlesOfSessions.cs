namespace Muse.Contracts.Sessions;

/// <summary>Asks how sessions are called, for a page of something else that names them.</summary>
/// <param name="SessionIds">Muse's ids; few, such as those of one page.</param>
public sealed record TitlesOfSessions(IReadOnlyCollection<string> SessionIds) : IQuestion<IReadOnlyDictionary<string, string>>
{
    /// <summary>By session; those that are not there are not in it.</summary>
    public IReadOnlyDictionary<string, string>? Answer { get; set; }
}
