namespace Muse.Board.Tmux;

/// <summary>Why tmux did not do what it was asked.</summary>
internal enum TmuxFailure
{
    /// <summary>Nothing was sent: no server, no permission, no connection.</summary>
    Unreachable,

    /// <summary>tmux refused the command.</summary>
    Refused,

    /// <summary>There is no such pane.</summary>
    PaneGone,

    /// <summary>The pane's program has ended.</summary>
    PaneDead,

    /// <summary>Copy mode is open: keys would not reach the program.</summary>
    PaneInMode,

    /// <summary>Keys would reach other panes too.</summary>
    PaneSynchronized,

    /// <summary>The command was sent and no answer came: it may or may not have been carried out.</summary>
    Unconfirmed,
}

/// <summary>tmux did not do what it was asked.</summary>
internal sealed class TmuxException(TmuxFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public TmuxFailure Failure { get; } = failure;
}
