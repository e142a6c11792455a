namespace Muse.Board.Screens;

/// <summary>What a pane shows, and what tmux says beside it.</summary>
/// <param name="Ansi">The visible lines with their colours (SGR), wrapped lines joined.</param>
internal sealed record PaneCapture(string Ansi, string Title, string Command, int Columns, int Rows, bool InMode);
