using Muse.BuildingBlocks.Text;

namespace Muse.Insights.Git;

/// <summary>How a repository stands.</summary>
internal static class RepositoryState
{
    public const string Ok = "ok";

    /// <summary>Its folder is gone; what was read of it stays.</summary>
    public const string Vanished = "vanished";

    /// <summary>It has no working tree: no session could have changed its files there.</summary>
    public const string Bare = "bare";

    /// <summary>It belongs to another user, and git refuses it.</summary>
    public const string Unsafe = "unsafe";
    public const string Corrupt = "corrupt";

    /// <summary>Objects are on another machine only; they are not fetched.</summary>
    public const string Partial = "partial";

    /// <summary>It prints or takes more than is allowed.</summary>
    public const string Huge = "huge";

    /// <summary>Git itself cannot be run.</summary>
    public const string NoGit = "no-git";

    public static readonly string[] All = [Ok, Vanished, Bare, Unsafe, Corrupt, Partial, Huge, NoGit];
}

/// <summary>Git could not read a repository.</summary>
/// <param name="state">See <see cref="RepositoryState"/>.</param>
/// <param name="message">What is wrong and what to do.</param>
internal sealed class GitException(string state, string message, Exception? inner = null) : Exception(message, inner)
{
    public string State { get; } = state;

    /// <summary>What a message of git means.</summary>
    public static GitException Of(string error)
    {
        var said = PreviewText.From(error, 200);
        return error switch
        {
            _ when Has("dubious ownership") =>
                new(RepositoryState.Unsafe, "It belongs to another user. If you trust it, run: git config --global --add safe.directory FOLDER"),
            _ when Has("transport '") || Has("promisor") || Has("could not fetch") =>
                new(RepositoryState.Partial, "Some of its objects are on another machine only, and Muse fetches nothing. Run git fetch --refetch there."),
            _ when Has("cannot change to") => Gone(),
            _ => new(RepositoryState.Corrupt, $"Git cannot read it: {(said.Length > 0 ? said : "it did not say why")}. Run git fsck there."),
        };

        bool Has(string words) => error.Contains(words, StringComparison.Ordinal);
    }

    public static GitException Gone() => new(RepositoryState.Vanished, "Its folder is gone. What was read of it stays.");

    public static GitException TooMuch(int megabytes) =>
        new(RepositoryState.Huge, $"Git prints more than {megabytes} MB of it at once. Raise Muse:Insights:Git:CallMegabytes to read it.");

    public static GitException TooSlow(int seconds) =>
        new(RepositoryState.Huge, $"Git needs more than {seconds} s for it. Raise Muse:Insights:Git:CallSeconds to read it.");

    public static GitException TooMany(int commits) =>
        new(RepositoryState.Huge, $"It has more than {commits} commits since the first session in it. Raise Muse:Insights:Git:MostCommits to read it.");

    public static GitException Missing(string program, Exception inner) =>
        new(RepositoryState.NoGit, $"{program} could not be started. Install git, or name it in Muse:Insights:Git:Program.", inner);
}
