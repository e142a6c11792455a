using MediatR;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Sessions;

namespace Muse.Sessions.Answers;

/// <summary>Tells which notes were written when. All are looked at: a person writes few.</summary>
internal sealed class TellNotesOfSpan(MuseDatabase database) : INotificationHandler<NotesOfSpan>
{
    private const string Written = "SELECT id, session_id, created_at_ms, text FROM sessions_notes WHERE created_at_ms >= ? AND created_at_ms < ? ORDER BY id";
    private const string Before = "SELECT max(created_at_ms) FROM sessions_notes WHERE created_at_ms < ?";
    private const string After = "SELECT min(created_at_ms) FROM sessions_notes WHERE created_at_ms >= ?";

    public Task Handle(NotesOfSpan notification, CancellationToken cancellationToken)
    {
        using var reader = database.Read();
        notification.Answer = new NotesTold(
            reader.Query(Written).Bind(notification.FromMs).Bind(notification.ToMs)
                .All(row => new NoteWritten(row.Text(0), row.Text(1), row.Number(2), row.Text(3))),
            reader.Query(Before).Bind(notification.FromMs).All(row => row.NumberOrNull(0))[0],
            reader.Query(After).Bind(notification.ToMs).All(row => row.NumberOrNull(0))[0]);
        return Task.CompletedTask;
    }
}
