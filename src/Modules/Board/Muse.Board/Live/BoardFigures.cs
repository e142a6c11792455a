using Muse.BuildingBlocks.Web;

namespace Muse.Board.Live;

/// <summary>How the board is doing, for the runtime page.</summary>
internal sealed class BoardFigures(BoardCards cards, BoardInbox inbox, BoardFeed feed) : IRuntimeFigures
{
    public string Name => "board";

    public object Read() => new { cards = cards.Count, waiting = inbox.Reader.Count, subscribers = feed.Subscribers };
}
