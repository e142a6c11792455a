using System.Text.RegularExpressions;
using Muse.Board.Screens;
using Muse.Board.Watching;

namespace Muse.Board.Tmux;

/// <summary>One pane of one tmux server.</summary>
/// <param name="Socket">Absolute path of the server's socket.</param>
/// <param name="Pane">tmux's own name of it, such as <c>%12</c>: never used again while the server lives.</param>
internal sealed partial record PaneId(string Socket, string Pane)
{
    /// <summary>False for what is no pane's name, and so must not come near a command.</summary>
    public bool IsValid => Shape().IsMatch(Pane);

    [GeneratedRegex(@"\A%[0-9]{1,9}\z")]
    private static partial Regex Shape();
}

/// <summary>A pane as tmux describes it.</summary>
/// <param name="Place">Where a person finds it: session, index of the window, index of the pane.</param>
/// <param name="Pid">The process tmux started in it.</param>
/// <param name="InMode">Copy mode or another mode is open: keys go there and not to the program.</param>
/// <param name="Synchronized">Keys sent to it are sent to the other panes of its window as well.</param>
/// <param name="Drawn">Where its program stopped drawing: another text means that the screen changed, the same says nothing.</param>
internal sealed record Pane(
    PaneId Id, string Session, string Window, string Place, int Pid, string Command, string Title, string CurrentPath, int Columns, int Rows,
    bool Dead, bool InMode, bool Synchronized, string Drawn);

/// <summary>Every pane of every tmux server of this user, kept current without a process per pane or tick.</summary>
internal interface IPaneSource
{
    IReadOnlyCollection<Pane> Panes { get; }

    /// <summary>First the panes that are there, then what changes.</summary>
    IAsyncEnumerable<LiveChange<PaneId, Pane>> Changes(CancellationToken ct);

    /// <summary>Looks at the pane's screen once.</summary>
    /// <exception cref="TmuxException">The pane or its server is gone or does not answer.</exception>
    Task<PaneCapture> Capture(PaneId pane, CancellationToken ct);
}
