using System.Diagnostics.CodeAnalysis;

namespace Muse.BuildingBlocks.Results;

/// <summary>How an expected failure is told over HTTP.</summary>
public enum ProblemKind
{
    /// <summary>400: the request cannot be understood.</summary>
    Invalid,

    /// <summary>404</summary>
    NotFound,

    /// <summary>409: the request is fine, the state is not.</summary>
    Conflict,

    /// <summary>503: try again later.</summary>
    Unavailable,
}

/// <summary>An expected failure: a value, not an exception.</summary>
/// <param name="Code">Stable word clients switch on, for example <c>session-not-found</c>.</param>
/// <param name="Message">What happened and what to do.</param>
/// <param name="Errors">Messages by parameter name, for <see cref="ProblemKind.Invalid"/>.</param>
public sealed record Problem(
    ProblemKind Kind, string Code, string Message, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    /// <summary>What is there instead of what was asked for, told as <c>present</c>; null if there is nothing to tell.</summary>
    public object? Present { get; init; }
}

/// <summary>What every request answers: a value or a problem. Lets the pipeline answer for a handler.</summary>
public interface IResult<TSelf>
    where TSelf : IResult<TSelf>
{
    /// <summary>The failed result.</summary>
    static abstract TSelf Failed(Problem problem);

    /// <summary>True if there is no value.</summary>
    bool IsFailed { get; }
}

/// <summary>A value or a problem.</summary>
public sealed class Result<T> : IResult<Result<T>>
{
    private Result(T? value, Problem? problem) => (Value, Problem) = (value, problem);

    /// <summary>The value; default if the result is a problem.</summary>
    public T? Value { get; }

    /// <summary>The problem; null if there is a value.</summary>
    public Problem? Problem { get; }

    /// <inheritdoc />
    [MemberNotNullWhen(true, nameof(Problem))]
    [MemberNotNullWhen(false, nameof(Value))]
    public bool IsFailed => Problem is not null;

    /// <inheritdoc />
    public static Result<T> Failed(Problem problem) => new(default, problem);

    /// <summary>A value as a result.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A problem as a result.</summary>
    public static implicit operator Result<T>(Problem problem) => Failed(problem);
}
