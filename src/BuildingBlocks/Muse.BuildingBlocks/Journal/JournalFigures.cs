using Muse.BuildingBlocks.Web;

namespace Muse.BuildingBlocks.Journal;

/// <summary>How far each module is behind the journal.</summary>
internal sealed class JournalFigures(FactJournal journal, JournalPump pump) : IRuntimeFigures
{
    public string Name => "journal";

    public object Read()
    {
        var (last, cursors) = (journal.Last, pump.Cursors);
        return new { last, cursors, lag = cursors.Count == 0 ? last : Math.Max(0, last - cursors.Values.Min()), rebuilding = pump.Rebuilding };
    }
}
