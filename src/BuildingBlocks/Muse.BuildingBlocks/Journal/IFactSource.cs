using Microsoft.Data.Sqlite;

namespace Muse.BuildingBlocks.Journal;

/// <summary>
/// The owner of facts that can be made again. Asked at start, before anything listens, when a projection's version was
/// raised and the journal no longer holds what it needs.
/// </summary>
public interface IFactSource
{
    /// <summary>Marks the sources to be read again, within the caller's transaction; the reading happens in the background.</summary>
    void MakeAgain(SqliteConnection connection);

    /// <summary>True if nothing is left to be read again.</summary>
    bool IsMadeAgain { get; }
}
