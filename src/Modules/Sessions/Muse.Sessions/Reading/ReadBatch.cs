using Muse.Contracts.Sessions;

namespace Muse.Sessions.Reading;

/// <summary>
/// What one read of a transcript found: new items, changes to items of earlier reads, and what others count. A reader
/// writes into it line by line; the store commits it whole, together with the offset and the reader's state.
/// </summary>
internal sealed class ReadBatch(long firstOrdinal)
{
    private readonly List<Item> _items = [];
    private readonly SortedDictionary<long, ItemChange> _changes = [];
    private readonly Dictionary<(string? Name, int Minutes, long? End), (LimitSeen First, LimitSeen Last)> _limits = [];

    /// <summary>Items made by this read, in file order; the ordinal of the first is the one given at construction.</summary>
    public IReadOnlyList<Item> Items => _items;

    /// <summary>Changes to items of earlier reads, by ordinal.</summary>
    public IReadOnlyCollection<ItemChange> Changes => _changes.Values;

    public List<UsageRow> Usage { get; } = [];
    public List<PromptSeen> Prompts { get; } = [];
    public List<EditSeen> Edits { get; } = [];
    public List<ToolSeen> Tools { get; } = [];
    public List<CommitSeen> Commits { get; } = [];
    public List<ErrorSeen> Errors { get; } = [];
    public List<InterruptionSeen> Interruptions { get; } = [];

    /// <summary>Of each window the first and the last: whoever keeps those of all reads has those of the transcript, however it was read.</summary>
    public IEnumerable<LimitSeen> Limits => _limits.Values.SelectMany(l => ReferenceEquals(l.First, l.Last) ? (LimitSeen[])[l.First] : [l.First, l.Last]);

    /// <summary>What the lines say of the session itself; null values say nothing.</summary>
    public SessionHeader Header { get; } = new();

    /// <summary>How each line was taken: every line is exactly one of these.</summary>
    public LineCounts Lines { get; } = new();

    /// <summary>Unknown record types met, by agent version and type.</summary>
    public Dictionary<(string Version, string Type), UnknownType> Unknown { get; } = [];

    public long NextOrdinal => firstOrdinal + _items.Count;

    /// <summary>Adds an item of the line at <paramref name="offset"/>.</summary>
    public Item Add(ItemKind kind, long offset, int length, int block = 0)
    {
        var item = new Item { Ordinal = NextOrdinal, Kind = kind, Offset = offset, Length = length, Block = block };
        _items.Add(item);
        return item;
    }

    /// <summary>
    /// Changes an item, of this read or of an earlier one. Set only what is known now: an unset value keeps what is
    /// stored, flags are added.
    /// </summary>
    public void Change(long ordinal, Action<ItemChange> change)
    {
        if (!_changes.TryGetValue(ordinal, out var pending))
        {
            pending = new ItemChange { Ordinal = ordinal };
        }

        var known = pending.Outcome;
        change(pending);
        pending.Outcome = known?.With(pending.Outcome) ?? pending.Outcome;
        if (ordinal >= firstOrdinal)
        {
            pending.ApplyTo(_items[(int)(ordinal - firstOrdinal)]);
            return;
        }

        _changes[ordinal] = pending;
    }

    /// <summary>Takes what a line says of a usage window. Services say it with each response.</summary>
    public void SawLimit(LimitSeen limit)
    {
        var key = (limit.Name, limit.WindowMinutes, limit.ResetsAtMs);
        _limits[key] = (_limits.TryGetValue(key, out var known) ? known.First : limit, limit);
    }

    /// <summary>Counts a record type that no reader knows, and keeps where it was first met.</summary>
    public void CountUnknown(string version, string type, long offset)
    {
        if (!Unknown.TryGetValue((version, type), out var seen))
        {
            Unknown[(version, type)] = seen = new UnknownType { FirstOffset = offset };
        }

        seen.Count++;
    }
}

/// <summary>A later line's news about an item: null keeps what is stored, flags are added.</summary>
internal sealed class ItemChange
{
    public required long Ordinal { get; init; }
    public ItemKind? Kind { get; set; }

    /// <summary>The line was written again, with more in it: the item now lives there.</summary>
    public long? Offset { get; set; }
    public int? Length { get; set; }
    public int? Block { get; set; }
    public string? Name { get; set; }
    public ItemFlags AddFlags { get; set; }
    public string? Preview { get; set; }
    public long? ResultOffset { get; set; }
    public int? ResultLength { get; set; }
    public ToolOutcome? Outcome { get; set; }
    public string? AgentId { get; set; }
    public int? Images { get; set; }

    public void ApplyTo(Item item)
    {
        item.Kind = Kind ?? item.Kind;
        item.Offset = Offset ?? item.Offset;
        item.Length = Length ?? item.Length;
        item.Block = Block ?? item.Block;
        item.Name = Name ?? item.Name;
        item.Flags |= AddFlags;
        item.Preview = Preview ?? item.Preview;
        item.ResultOffset = ResultOffset ?? item.ResultOffset;
        item.ResultLength = ResultLength ?? item.ResultLength;
        item.Outcome = item.Outcome?.With(Outcome) ?? Outcome;
        item.AgentId = AgentId ?? item.AgentId;
        item.Images = Images ?? item.Images;
    }
}

/// <summary>What a transcript says of its session. The store keeps the last value said, except where noted.</summary>
internal sealed class SessionHeader
{
    /// <summary>Working directory of the first record that has one; the first said wins.</summary>
    public string? ProjectPath { get; set; }

    /// <summary>Working directory of the last record that has one.</summary>
    public string? Cwd { get; set; }
    public string? Branch { get; set; }
    public string? Model { get; set; }
    public string? Version { get; set; }

    /// <summary>The best title so far, with its rank: a title of higher rank is never replaced by one of lower rank.</summary>
    public string? Title { get; set; }
    public TitleRank TitleRank { get; set; }
    public string? LastPrompt { get; set; }
    public string? LastReply { get; set; }

    /// <summary>Earliest and latest time of the lines read; null if none has a time.</summary>
    public long? FirstAtMs { get; set; }
    public long? LastAtMs { get; set; }

    /// <summary>The agent's own id of the session this one was forked from or spawned by.</summary>
    public string? ParentNativeId { get; set; }

    /// <summary>Not started by a person: review, compaction, guardian. Hidden from lists, counted in cost.</summary>
    public bool? Internal { get; set; }

    /// <summary>Pull requests the agent recorded, in order.</summary>
    public List<string> PullRequests { get; } = [];

    public void SawTime(long atMs)
    {
        FirstAtMs = FirstAtMs is { } first && first <= atMs ? first : atMs;
        LastAtMs = LastAtMs is { } last && last >= atMs ? last : atMs;
    }

    /// <summary>Takes a title if it ranks at least as high as the one known in this read.</summary>
    public void Offer(string title, TitleRank rank)
    {
        if (title.Length > 0 && rank >= TitleRank && !(rank == TitleRank.FirstPrompt && Title is not null))
        {
            (Title, TitleRank) = (title, rank);
        }
    }
}

internal enum TitleRank
{
    None,
    FirstPrompt,
    LastPrompt,
    Summary,
    AgentName,
    Generated,
    Custom,
}

/// <summary>Lines by how they were taken; their sum is the number of lines read.</summary>
internal sealed class LineCounts
{
    /// <summary>Lines that made at least one item of a known kind.</summary>
    public long Items { get; set; }

    /// <summary>Known lines that went into other items, into the session's header, or say nothing to show.</summary>
    public long Folded { get; set; }
    public long Unknown { get; set; }
    public long Malformed { get; set; }
    public long Blank { get; set; }

    public long Total => Items + Folded + Unknown + Malformed + Blank;
}

internal sealed class UnknownType
{
    public long Count { get; set; }
    public long FirstOffset { get; init; }
}
