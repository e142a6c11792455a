using Microsoft.Data.Sqlite;
using Muse.BuildingBlocks.Journal;

namespace Muse.Sessions.Ingest;

/// <summary>Makes the facts of all transcripts again: to the ingest, their generations look as if an older reader had read them.</summary>
internal sealed class TranscriptFacts(IngestEngine ingest) : IFactSource
{
    public bool IsMadeAgain => ingest.Started.IsCompletedSuccessfully && ingest.Read().State == "idle";

    public void MakeAgain(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE sessions_generations SET reader_version = 0 WHERE superseded = 0";
        command.ExecuteNonQuery();
    }
}
