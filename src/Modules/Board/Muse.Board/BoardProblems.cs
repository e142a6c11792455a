using Muse.Board.Deliveries;
using Muse.Board.Screens;
using Muse.BuildingBlocks.Results;

namespace Muse.Board;

/// <summary>Every expected failure of the module.</summary>
internal static class BoardProblems
{
    public static Problem CardNotFound(string id) =>
        new(ProblemKind.NotFound, "card-not-found", $"There is no card '{id}'. It may have ended a while ago: GET /api/board lists what there is.");

    public static Problem CardEnded() =>
        new(ProblemKind.Conflict, "card-ended", "The session has ended, so nothing can be sent to it. Resume it first; the text is kept with its deliveries.");

    public static Problem CardUnknown() =>
        new(ProblemKind.Conflict, "card-unknown", "It is not known what the session is doing, so nothing is typed into it. Look at its pane, or try again shortly.");

    public static Problem NoPane() =>
        new(ProblemKind.Conflict, "no-pane", "The session runs in no tmux pane that Muse can reach. Resume it in one.");

    public static Problem DialogOpen() =>
        new(ProblemKind.Conflict, "dialog-open", "The session asks something: answer its dialog first. The text is kept with its deliveries.");

    public static Problem DialogChanged(ScreenDialog? present) =>
        new(ProblemKind.Conflict, "dialog-changed", "The dialog that was answered is not open any more; nothing was pressed. Look at what is asked now.")
        {
            Present = present is null ? null : DialogView.Of(present),
        };

    public static Problem NoSuchChoice(ScreenDialog present) =>
        new(ProblemKind.Conflict, "no-such-choice", "The dialog has no such choice, or several of that name; nothing was pressed.") { Present = DialogView.Of(present) };

    public static Problem OneChoice() =>
        new(ProblemKind.Conflict, "one-choice", "Name one choice: the dialog takes no more at once, or one of them answers it alone. Nothing was pressed.");

    public static Problem FreeText() =>
        new(ProblemKind.Conflict, "free-text", "This choice takes text of your own, which only its pane does. Nothing was pressed.");

    /// <summary>Null if the dialog can be answered from here.</summary>
    public static Problem? InPane(ScreenDialog dialog) => dialog switch
    {
        { IsTyping: true } =>
            new(ProblemKind.Conflict, "field-focused", "A field for text has the focus in the dialog, so a key would be typed into it: answer it in its pane."),
        { MultiSelect: true } when dialog.HasMore || Array.Exists(dialog.Choices, c => c is { Checked: not null, Number: < 1 or > 9 }) =>
            new(ProblemKind.Conflict, "choices-unseen", "The pane does not show all the boxes of this dialog at once, or they are too many for its digits: answer it in its pane."),
        _ => null,
    };

    public static Problem PaneUnreachable() =>
        new(ProblemKind.Unavailable, "pane-unreachable", "The session's pane does not answer. Try again shortly.");

    public static Problem TextTooLong() =>
        new(ProblemKind.Invalid, "text-too-long", "A reply has at most 64 KB. Put longer text into a file and name the file; the text is kept with the deliveries.");

    public static Problem TextEmpty() =>
        new(ProblemKind.Invalid, "text-empty", "Nothing readable is in the text.");

    public static Problem CommandOfLines() =>
        new(ProblemKind.Invalid, "command-of-lines", "A command is one line.");

    public static Problem CommandByNobody() =>
        new(ProblemKind.Invalid, "command-refused", "Only a person may send what begins like a command.");

    public static Problem KeyUsed() =>
        new(ProblemKind.Conflict, "key-used", "The idempotency key belongs to another delivery. Use a fresh one.");

    public static Problem NotQueued() =>
        new(ProblemKind.Conflict, "not-queued", "Only a delivery that is still queued can be changed or taken back, and this one is not, or there is none.");

    public static Problem NotIndeterminate() =>
        new(ProblemKind.Conflict, "not-indeterminate", "Only a delivery in doubt can be sent again, and this one is not, or there is none.");

    public static Problem NotToPutAway() =>
        new(ProblemKind.Conflict, "not-to-put-away", "Only a delivery that is in doubt or was refused can be put away, and this one is neither, or there is none.");

    public static Problem FolderNotFound(string folder) =>
        new(ProblemKind.Invalid, "folder-not-found", $"There is no folder '{folder}'. Give the absolute path of one that exists.");

    public static Problem FolderUnknown() =>
        new(ProblemKind.Conflict, "folder-unknown", "It is not known in which folder the session was, so it cannot be resumed from here.");

    public static Problem SessionNotFound(string id) =>
        new(ProblemKind.NotFound, "session-not-found", $"There is no session '{id}' that could be resumed.");

    public static Problem SessionRuns(string where) =>
        new(ProblemKind.Conflict, "session-runs", $"The session runs already, {where}. Two programs in one session would tear it; end that one first.");

    public static Problem TmuxMissing() =>
        new(ProblemKind.Unavailable, "tmux-missing", "tmux could not be started. Install tmux 3.2 or later, or name it in Muse:Board:Live:Tmux.");

    public static Problem TmuxTooOld(string version) =>
        new(ProblemKind.Unavailable, "tmux-too-old", $"tmux {version} is too old to start agents in. Install 3.2 or later.");

    public static Problem TmuxServerNotFound(string socket) =>
        new(ProblemKind.NotFound, "tmux-server-not-found", $"Muse knows no tmux server at '{socket}'. Leave the socket out for the usual one.");

    public static Problem TmuxRefused(string message) =>
        new(ProblemKind.Conflict, "tmux-refused", $"The window could not be opened. {message}");

    public static Problem AgentEndedAtOnce(string program) =>
        new(ProblemKind.Conflict, "agent-ended-at-once", $"'{program}' was started and ended at once. Is it on the PATH that Muse was started with? Its path can be set under Muse:Board:Live:Programs.");

    public static Problem AgentNotFound(string agent) =>
        new(ProblemKind.NotFound, "agent-not-known", $"Muse does not know the agent '{agent}'. It takes hooks of claude-code, codex and gemini.");
}
