namespace Muse.Contracts.Sessions;

/// <summary>
/// Asks which notes a person wrote in a span of time. A question and not a fact: what was written may be changed or dropped, and
/// then stands nowhere any more.
/// </summary>
/// <param name="FromMs">UTC milliseconds, included.</param>
/// <param name="ToMs">UTC milliseconds, not included.</param>
public sealed record NotesOfSpan(long FromMs, long ToMs) : IQuestion<NotesTold>
{
    /// <inheritdoc />
    public NotesTold? Answer { get; set; }
}

/// <summary>The answer to <see cref="NotesOfSpan"/>.</summary>
/// <param name="Notes">In the order in which they were written.</param>
/// <param name="BeforeMs">UTC milliseconds of the last note before the span; null if there is none.</param>
/// <param name="AfterMs">UTC milliseconds of the first note after it; null if there is none.</param>
public sealed record NotesTold(IReadOnlyList<NoteWritten> Notes, long? BeforeMs, long? AfterMs);

/// <param name="SessionId">The session it is a note on.</param>
/// <param name="AtMs">UTC milliseconds when it was first written.</param>
/// <param name="Text">Markdown, as the person wrote it.</param>
public sealed record NoteWritten(string Id, string SessionId, long AtMs, string Text);
