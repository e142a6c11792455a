using Microsoft.Data.Sqlite;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Web;
using Muse.Contracts;
using Muse.Contracts.Sessions;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Ingest;

/// <summary>
/// Writes reads: items, offset, reader state and the fact in one transaction, so that a crash re-reads from the
/// committed offset and every line counts once. One thread, one connection, statements compiled once.
/// </summary>
internal sealed class IngestStore : IDisposable
{
    private readonly MuseDatabase _database;
    private readonly FactJournal _journal;
    private readonly WorkCounters _work;
    private readonly string _machine;
    private readonly SqliteConnection _connection;
    private readonly IngestStatements _sql;

    public IngestStore(MuseDatabase database, FactJournal journal, WorkCounters work, string machine)
    {
        (_database, _journal, _work, _machine) = (database, journal, work, machine);
        _connection = database.Open();
        _sql = new IngestStatements(_connection);
    }

    /// <summary>Makes what the journal will tell of a read. For the reader's thread: it costs as much as writing the rows.</summary>
    public ReadUnit WithFact(ReadUnit unit)
    {
        if (unit.Batch is not { } batch)
        {
            return unit;
        }

        unit.File.SessionId = SessionId.For(_machine, unit.File.Format.Agent, unit.File.Place!.NativeId); // identified before it was read
        return unit with { Fact = FactCatalog.Prepare(ToFact(unit, batch)) };
    }

    /// <summary>Commits the reads in one transaction.</summary>
    /// <returns>The journal numbers by unit; 0 for a unit that recorded no fact.</returns>
    /// <exception cref="SqliteException">Nothing was committed.</exception>
    public async Task<long[]> CommitAsync(IReadOnlyList<ReadUnit> units, CancellationToken ct)
    {
        using var write = await _database.EnterWriteAsync(ct);
        using var transaction = _connection.BeginTransaction(deferred: false);
        var made = units.Where(u => u.File.TranscriptId == 0).Select(u => u.File).Distinct().ToList();
        var appended = new List<(long Seq, IFact Fact)>(units.Count);
        var seqs = new long[units.Count];
        try
        {
            for (var i = 0; i < units.Count; i++)
            {
                Write(units[i]);
                if (units[i].Fact is { } fact)
                {
                    var facts = _journal.Append(_connection, [fact]);
                    appended.AddRange(facts);
                    seqs[i] = facts.Count > 0 ? facts[0].Seq : 0;
                    _sql.SessionChanged.Bind(seqs[i]).Bind(units[i].File.SessionId).Execute();
                }
            }

            transaction.Commit();
        }
        catch
        {
            // Rows of files that were new in this transaction are gone with it.
            made.ForEach(file => file.TranscriptId = 0);
            throw;
        }

        _journal.Committed(appended);
        return seqs;
    }

    /// <summary>True if a transaction can be committed now.</summary>
    public async Task<bool> CanWriteAsync(CancellationToken ct)
    {
        using var write = await _database.EnterWriteAsync(ct);
        try
        {
            // Pages enough that a disk with only crumbs left is still refused.
            using var command = _connection.CreateCommand();
            command.CommandText = """
                BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS sessions_room (filler BLOB); INSERT INTO sessions_room VALUES (zeroblob(1000000));
                DROP TABLE sessions_room; COMMIT;
                """;
            command.ExecuteNonQuery();
            return true;
        }
        catch (SqliteException)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "ROLLBACK";
            try
            {
                command.ExecuteNonQuery();
            }
            catch (SqliteException)
            {
                // SQLite rolled back by itself.
            }

            return false;
        }
    }

    /// <summary>Marks files as gone or back; their items stay.</summary>
    /// <returns>The journal number of each file's fact.</returns>
    public async Task<IReadOnlyList<long>> MarkMissingAsync(IReadOnlyList<TrackedFile> files, bool missing, long atMs, CancellationToken ct)
    {
        using var write = await _database.EnterWriteAsync(ct);
        using var transaction = _connection.BeginTransaction(deferred: false);
        var facts = new List<(long Seq, IFact Fact)>(files.Count);
        var seqs = new List<long>(files.Count);
        var told = new Dictionary<string, long>(files.Count, StringComparer.Ordinal);
        foreach (var file in files)
        {
            // Several files may belong to one transcript, such as the windows of a long thread: that is told once.
            var fact = new TranscriptPresenceChanged(file.SessionId, file.Place?.AgentId, missing, atMs);
            foreach (var appended in _journal.Append(_connection, [fact]))
            {
                facts.Add(appended);
                told[fact.DedupKey] = appended.Seq;
            }

            var seq = told.GetValueOrDefault(fact.DedupKey);
            seqs.Add(seq);
            _sql.TranscriptMissing.Bind(missing ? 1 : 0).Bind(file.TranscriptId).Execute();
            _sql.SessionMissing.Bind(file.SessionId).Bind(file.SessionId).Execute();
            _sql.SessionChanged.Bind(seq).Bind(file.SessionId).Execute();
        }

        transaction.Commit();
        _journal.Committed(facts);
        return seqs;
    }

    private void Write(ReadUnit unit)
    {
        var (file, after) = (unit.File, unit.After);
        if (file.TranscriptId == 0)
        {
            CreateRows(file);
        }

        if (unit.Replaces != 0)
        {
            Supersede(unit);
        }

        if (unit.Batch is not { } batch)
        {
            _sql.GenerationStamp.Bind(after.Stamp.Device).Bind(after.Stamp.Inode).Bind(after.Stamp.SizeBytes).Bind(after.Stamp.ModifiedNs)
                .Bind(after.Generation).Execute();
            _work.Add("ingest.rowsWritten");
            return;
        }

        foreach (var item in batch.Items)
        {
            Insert(item, after);
        }

        foreach (var change in batch.Changes)
        {
            Update(change, after);
        }

        foreach (var edit in batch.Edits)
        {
            _sql.Edit.Bind(ItemKey.Of(after.Generation, edit.Ordinal)).Bind(edit.Path).Bind(edit.AtMs).Bind(edit.AddedLines)
                .Bind(edit.RemovedLines).Execute();
        }

        foreach (var ((version, type), seen) in batch.Unknown)
        {
            _sql.Unknown.Bind(after.Generation).Bind(version).Bind(type).Bind(seen.Count).Bind(seen.FirstOffset).Execute();
        }

        WriteGeneration(batch, unit);
        WriteHeader(batch, file, after, isKept: unit.Kept != 0);
        if (unit.Kept != 0)
        {
            _sql.KeptGeneration.Bind(after.Generation).Bind(unit.Kept).Execute();
        }

        _work.Add("ingest.rowsWritten", batch.Items.Count + batch.Changes.Count + batch.Edits.Count + batch.Unknown.Count + 3);
        _work.Add("ingest.lines", batch.Lines.Total);
    }

    private void CreateRows(TrackedFile file)
    {
        var place = file.Place!; // a unit exists only for an identified file
        _sql.Session.Bind(file.SessionId).Bind(_machine).Bind(file.Format.Agent).Bind(place.NativeId).Execute();
        _sql.Transcript.Bind(file.SessionId).Bind(place.AgentId).Bind(place.AgentType).Bind(place.Description).Bind(place.ParentCallId)
            .Bind(file.Format.Agent).Bind(file.Root).Bind(file.Path).Execute();
        file.TranscriptId = SQLitePCL.raw.sqlite3_last_insert_rowid(_connection.Handle);
    }

    private void Supersede(ReadUnit unit)
    {
        if (!unit.DropReplaced && unit.Before.ReaderVersion == unit.After.ReaderVersion)
        {
            _sql.Superseded.Bind(unit.Replaces).Execute();
            return;
        }

        // The same bytes read again by a newer reader, or a document whose old places no longer exist.
        _sql.DropEdits.Bind(ItemKey.First(unit.Replaces)).Bind(ItemKey.Last(unit.Replaces)).Execute();
        _sql.DropItems.Bind(ItemKey.First(unit.Replaces)).Bind(ItemKey.Last(unit.Replaces)).Execute();
        _sql.DropUnknown.Bind(unit.Replaces).Execute();
        _sql.DropGeneration.Bind(unit.Replaces).Execute();
    }

    private void Insert(Item item, Position after) => _sql.Item
        .Bind(ItemKey.Of(after.Generation, item.Ordinal)).Bind(ItemView.KindWord(item.Kind)).Bind(item.Offset).Bind(item.Length).Bind(item.Block)
        .Bind(item.AtMs).Bind(item.Name).Bind(item.CallId).Bind((long)item.Flags).Bind(item.Preview).Bind(item.ResultOffset)
        .Bind(item.ResultLength).Bind(OutcomeJson.Write(item.Outcome)).Bind(item.AgentId).Bind(item.Images).Bind(after.Revision).Execute();

    private void Update(ItemChange change, Position after)
    {
        var outcome = OutcomeJson.Write(change.Outcome);
        _sql.Change.Bind(change.Kind is { } kind ? ItemView.KindWord(kind) : null).Bind(change.Offset).Bind((long?)change.Length)
            .Bind((long?)change.Block).Bind(change.Name).Bind((long)change.AddFlags).Bind(change.Preview).Bind(change.ResultOffset)
            .Bind((long?)change.ResultLength).Bind(outcome).Bind(outcome).Bind(change.AgentId).Bind((long?)change.Images)
            .Bind(after.Revision).Bind(ItemKey.Of(after.Generation, change.Ordinal)).Execute();
    }

    private void WriteGeneration(ReadBatch batch, ReadUnit unit)
    {
        var (after, lines) = (unit.After, batch.Lines);
        _sql.Generation.Bind(after.Generation).Bind(unit.File.TranscriptId).Bind(after.Stamp.Device).Bind(after.Stamp.Inode)
            .Bind(after.Stamp.SizeBytes).Bind(after.Stamp.ModifiedNs).Bind(after.Offset).Bind(after.Proof.Save()).Bind(after.ReaderVersion)
            .Bind(after.ReaderState ?? []).Bind(after.Revision).Bind(after.Items).Bind(lines.Items).Bind(lines.Folded).Bind(lines.Unknown)
            .Bind(lines.Malformed).Bind(lines.Blank).Bind(batch.Prompts.Count(p => !p.Reply)).Bind(batch.Items.Count(i => i.Kind == ItemKind.Reply && !i.Flags.HasFlag(ItemFlags.Inherited)))
            .Bind(batch.Tools.Count).Bind(batch.Errors.Count + batch.Tools.Count(t => t.Status == "error"))
            .Bind(batch.Edits.Sum(e => (long)e.AddedLines)).Bind(batch.Edits.Sum(e => (long)e.RemovedLines)).Execute();
    }

    private void WriteHeader(ReadBatch batch, TrackedFile file, Position after, bool isKept)
    {
        var header = batch.Header;
        var context = batch.Usage.FindLast(u => u is { Sidechain: false, Inherited: false });
        var place = file.Place!; // a unit exists only for an identified file
        _sql.TranscriptHead.Bind(after.Generation).Bind(isKept ? 1 : 0).Bind(header.Model).Bind(header.FirstAtMs).Bind(header.FirstAtMs).Bind(header.LastAtMs)
            .Bind(header.LastAtMs).Bind(context is null ? null : TokensOf(context)).Bind(context?.ContextWindow).Bind(file.TranscriptId).Execute();
        if (place.AgentId is null)
        {
            _sql.SessionHead.Bind(header.Title).Bind((long)header.TitleRank).Bind(header.ProjectPath ?? place.ProjectHint).Bind(header.Cwd)
                .Bind(header.Branch).Bind(header.Model).Bind(header.Version).Bind(header.LastPrompt).Bind(header.LastReply)
                .Bind(header.ParentNativeId ?? place.ParentNativeId).Bind(header.Internal is null ? null : header.Internal.Value ? 1L : 0L)
                .Bind(file.SessionId).Execute();
        }
        else
        {
            _sql.OrphanHead.Bind(place.Description).Bind(header.Cwd).Bind(file.SessionId).Execute();
        }

        _sql.SessionFigures.Bind(file.SessionId).Bind(header.FirstAtMs).Bind(header.FirstAtMs).Bind(file.SessionId)
            .Bind(after.Stamp.ModifiedMs).Bind(file.SessionId).Bind(file.SessionId).Execute();
    }

    /// <summary>All that the model was given and gave.</summary>
    private static long? TokensOf(UsageRow usage) =>
        usage.InputTokens + usage.CacheWrite5mTokens + usage.CacheWrite1hTokens + usage.CacheReadTokens + usage.OutputTokens;

    private static TranscriptRead ToFact(ReadUnit unit, ReadBatch batch) => new(
        unit.File.SessionId,
        unit.File.Format.Agent,
        unit.File.Place?.AgentId,
        unit.After.Generation,
        unit.After.Offset - unit.Bytes,
        unit.After.Offset,
        unit.After.ReaderVersion,
        batch.Header.ProjectPath ?? unit.File.Place?.ProjectHint,
        batch.Header.Branch,
        [.. batch.Usage],
        [.. batch.Prompts],
        [.. batch.Edits],
        [.. batch.Tools],
        [.. batch.Commits],
        [.. batch.Errors])
    {
        Interruptions = [.. batch.Interruptions],
        Limits = [.. batch.Limits],
    };

    public void Dispose()
    {
        _sql.Dispose();
        _connection.Dispose();
    }
}
