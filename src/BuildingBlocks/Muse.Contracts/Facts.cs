using MediatR;

namespace Muse.Contracts;

/// <summary>
/// Something that happened in one module and that others may project. Absolute values, never deltas: a fact delivered
/// twice or replayed from the start leaves the same rows.
/// </summary>
public interface IFact : INotification
{
    /// <summary>Unique together with the fact's name: recorded twice, stored once.</summary>
    string DedupKey { get; }
}

/// <summary>The name under which a fact is stored. Never renamed: the journal holds it.</summary>
/// <param name="name">Owner, what happened, version: <c>sessions.transcript-read.v1</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FactNameAttribute(string name) : Attribute
{
    /// <summary>The stored name.</summary>
    public string Name { get; } = name;

    /// <summary>The owner can make such facts again from its sources, so the journal drops them behind the slowest reader.</summary>
    public bool CanBeMadeAgain { get; init; }
}

/// <summary>
/// A read that would be wasteful to project, asked of whichever module owns the data. Exactly one module answers.
/// Never asked inside a projection or a transaction.
/// </summary>
/// <typeparam name="TAnswer">What the asker gets.</typeparam>
public interface IQuestion<TAnswer> : INotification
    where TAnswer : class
{
    /// <summary>The slot the answering handler fills; null until then.</summary>
    TAnswer? Answer { get; set; }
}
