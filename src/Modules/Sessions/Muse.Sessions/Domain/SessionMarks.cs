namespace Muse.Sessions.Domain;

/// <summary>What a person has said about a session, as lists, windows and streams show it.</summary>
/// <param name="Unread">It has records that nobody has looked at yet.</param>
/// <param name="OwnTitle">The person's own title; null if the title is the one that was read.</param>
/// <param name="Tags">By hand and by rules, in the order of their names.</param>
/// <param name="Notes">Notes on it and on its items.</param>
internal sealed record SessionMarks(
    bool Pinned, bool Starred, bool Archived, bool Unread, string? OwnTitle, IReadOnlyList<string> Tags, long Notes);
