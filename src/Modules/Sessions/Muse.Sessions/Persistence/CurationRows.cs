namespace Muse.Sessions.Persistence;

/// <summary>
/// What a person has said about a session. Keyed by the session's stable id and made of nothing that is read from
/// transcripts, so that reading everything again changes none of it.
/// </summary>
internal sealed class CurationRow
{
    public required string SessionId { get; set; }

    /// <summary>The person's own title; null for the one that was read.</summary>
    public string? Title { get; set; }
    public bool Pinned { get; set; }
    public bool Starred { get; set; }
    public bool Archived { get; set; }

    /// <summary>UTC milliseconds: records up to then are read, later ones are not; null if nobody said so yet.</summary>
    public long? ReadAtMs { get; set; }

    /// <summary>Grows by one per change.</summary>
    public long Revision { get; set; }
}

/// <summary>The one row that says since when sessions can be unread: an archive that was there before is not news.</summary>
internal sealed class ReadStartRow
{
    public long Id { get; set; }
    public long AtMs { get; set; }
}

/// <summary>A tag, with a colour and perhaps a rule that puts it on sessions by itself.</summary>
internal sealed class TagRow
{
    public required string Name { get; set; }

    /// <summary>One of <see cref="Domain.TagColorWordAttribute.All"/>.</summary>
    public required string Color { get; set; }

    /// <summary>JSON of <see cref="Domain.TagRule"/>; null if it is put on by hand only.</summary>
    public string? Rule { get; set; }
}

/// <summary>A tag that a person put on a session, or took off although its rule puts it on.</summary>
internal sealed class SessionTagRow
{
    public required string SessionId { get; set; }
    public required string Tag { get; set; }
    public bool IsOn { get; set; }
}

/// <summary>A person's note on a session, or on one of its items.</summary>
internal sealed class NoteRow
{
    public required string Id { get; set; }
    public required string SessionId { get; set; }

    /// <summary>The subagent in whose transcript the item is; null for the session's own.</summary>
    public string? AgentId { get; set; }

    /// <summary>The item's <see cref="Domain.ItemAnchor"/>; null for a note on the session.</summary>
    public string? Anchor { get; set; }

    /// <summary>What the item showed when the note was made, for when it is found no more.</summary>
    public string? ItemPreview { get; set; }

    /// <summary>Markdown.</summary>
    public required string Text { get; set; }
    public long CreatedAtMs { get; set; }
    public long ChangedAtMs { get; set; }
}

/// <summary>A session that a note names as <c>[[id]]</c>.</summary>
internal sealed class NoteLinkRow
{
    public required string NoteId { get; set; }
    public required string SessionId { get; set; }
}

/// <summary>A named filter of the list.</summary>
internal sealed class ViewRow
{
    public required string Name { get; set; }

    /// <summary>The parameters of the list as a query string, such as <c>agent=codex&amp;is=unread</c>.</summary>
    public required string Filter { get; set; }
    public long CreatedAtMs { get; set; }
}
