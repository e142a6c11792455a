using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Muse.Contracts.Sessions;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Tests.Reading;

/// <summary>What the store would hold after some reads: changes applied, counts added up.</summary>
internal sealed class ReadResult
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter() },
    };

    public List<Item> Items { get; } = [];
    public List<UsageRow> Usage { get; } = [];
    public List<PromptSeen> Prompts { get; } = [];
    public List<EditSeen> Edits { get; } = [];
    public List<ToolSeen> Tools { get; } = [];
    public List<CommitSeen> Commits { get; } = [];
    public List<ErrorSeen> Errors { get; } = [];
    public List<InterruptionSeen> Interruptions { get; } = [];

    /// <summary>The first and the last of each window; null if none was stated.</summary>
    public SortedDictionary<string, LimitSeen[]>? Limits { get; private set; }
    public SortedDictionary<string, long> Unknown { get; } = new(StringComparer.Ordinal);
    public long ItemLines { get; private set; }
    public long FoldedLines { get; private set; }
    public long UnknownLines { get; private set; }
    public long MalformedLines { get; private set; }
    public long BlankLines { get; private set; }
    public string? Title { get; private set; }
    public TitleRank TitleRank { get; private set; }
    public string? ProjectPath { get; private set; }
    public string? Cwd { get; private set; }
    public string? Branch { get; private set; }
    public string? Model { get; private set; }
    public string? Version { get; private set; }
    public string? LastPrompt { get; private set; }
    public string? LastReply { get; private set; }
    public string? ParentNativeId { get; private set; }
    public bool? Internal { get; private set; }
    public List<string> PullRequests { get; } = [];
    public long? FirstAtMs { get; private set; }
    public long? LastAtMs { get; private set; }

    [JsonIgnore]
    public byte[] State { get; set; } = [];

    [JsonIgnore]
    public long TotalLines => ItemLines + FoldedLines + UnknownLines + MalformedLines + BlankLines;

    public void Take(ReadBatch batch)
    {
        Items.AddRange(batch.Items);
        foreach (var change in batch.Changes)
        {
            change.ApplyTo(Items[(int)change.Ordinal]);
        }

        Usage.AddRange(batch.Usage);
        Prompts.AddRange(batch.Prompts);
        Edits.AddRange(batch.Edits);
        Tools.AddRange(batch.Tools);
        Commits.AddRange(batch.Commits);
        Errors.AddRange(batch.Errors);
        Interruptions.AddRange(batch.Interruptions);
        foreach (var limit in batch.Limits)
        {
            Limits ??= new SortedDictionary<string, LimitSeen[]>(StringComparer.Ordinal);
            var window = $"{limit.Name} {limit.WindowMinutes} {limit.ResetsAtMs}";
            Limits[window] = [Limits.TryGetValue(window, out var known) ? known[0] : limit, limit];
        }

        foreach (var ((version, type), seen) in batch.Unknown)
        {
            Unknown[$"{version} {type}"] = Unknown.GetValueOrDefault($"{version} {type}") + seen.Count;
        }

        ItemLines += batch.Lines.Items;
        FoldedLines += batch.Lines.Folded;
        UnknownLines += batch.Lines.Unknown;
        MalformedLines += batch.Lines.Malformed;
        BlankLines += batch.Lines.Blank;
        TakeHeader(batch.Header);
    }

    /// <summary>The same text for the same result, whatever the cuts.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, Json);

    // The same rules as the store's statement for sessions.
    private void TakeHeader(SessionHeader header)
    {
        if (header.Title is { } title && (header.TitleRank > TitleRank || (header.TitleRank == TitleRank && TitleRank > TitleRank.FirstPrompt)))
        {
            (Title, TitleRank) = (title, header.TitleRank);
        }

        ProjectPath ??= header.ProjectPath;
        Cwd = header.Cwd ?? Cwd;
        Branch = header.Branch ?? Branch;
        Model = header.Model ?? Model;
        Version = header.Version ?? Version;
        LastPrompt = header.LastPrompt ?? LastPrompt;
        LastReply = header.LastReply ?? LastReply;
        ParentNativeId ??= header.ParentNativeId;
        Internal = header.Internal ?? Internal;
        PullRequests.AddRange(header.PullRequests);
        FirstAtMs = FirstAtMs is { } first && !(header.FirstAtMs < first) ? first : header.FirstAtMs;
        LastAtMs = LastAtMs is { } last && !(header.LastAtMs > last) ? last : header.LastAtMs;
    }
}
