namespace Muse.Board.Domain;

/// <summary>What a live session is doing. <see cref="Unknown"/> is shown as unknown, never guessed into another state.</summary>
internal enum CardState
{
    /// <summary>The sources say nothing, or nothing that fits together.</summary>
    Unknown,

    /// <summary>A turn runs.</summary>
    Working,

    /// <summary>Nothing goes on without a person; <see cref="NeedReason"/> says why.</summary>
    NeedsYou,

    /// <summary>The agent waits for the next prompt and asks nothing.</summary>
    Idle,

    /// <summary>A turn ended and nobody has looked yet.</summary>
    Done,

    /// <summary>The turn ended; a shell or a subagent of it still runs.</summary>
    Background,

    /// <summary>The process is gone.</summary>
    Ended,
}

/// <summary>Why a session needs a person.</summary>
internal enum NeedReason
{
    /// <summary>A tool call waits to be allowed.</summary>
    Permission,

    /// <summary>The agent asked a question, or a dialog of the program is open.</summary>
    Question,

    /// <summary>A plan waits for approval.</summary>
    Plan,

    /// <summary>The turn failed.</summary>
    Error,

    /// <summary>A usage limit is reached.</summary>
    Limit,

    /// <summary>The program is not logged in, or its folder is not trusted yet.</summary>
    Login,

    /// <summary>It says it works and nothing has moved for a long time.</summary>
    Stuck,
}
