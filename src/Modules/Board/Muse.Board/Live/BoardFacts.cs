using Microsoft.Data.Sqlite;
using Muse.BuildingBlocks.Journal;

namespace Muse.Board.Live;

/// <summary>Makes the facts of all cards again: the watch records every card at each start.</summary>
internal sealed class BoardFacts(BoardCards cards) : IFactSource
{
    public bool IsMadeAgain => cards.AreRecorded;

    public void MakeAgain(SqliteConnection connection)
    {
        // The start that asks for it records every card anyway.
    }
}
