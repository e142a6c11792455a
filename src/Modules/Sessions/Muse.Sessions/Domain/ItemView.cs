using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Domain;

/// <summary>An item as every window and stream shows it.</summary>
/// <param name="Id">Ordinal, or <c>tOFFSET.BLOCK</c> while its part of the file is not indexed.</param>
/// <param name="Preview">One sanitized line.</param>
/// <param name="Text">As written; null where the kind has none or the file is gone.</param>
/// <param name="Cut">The item's body has more of the text.</param>
/// <param name="Status">Of a tool call.</param>
/// <param name="AgentId">The subagent this call started.</param>
internal sealed record ItemView(
    string Id, long? Ordinal, [property: KindWord] string Kind, long? AtMs, string? Name, string Preview, string? Text, bool Cut,
    [property: FlagWord] IReadOnlyList<string> Flags, [property: StatusWord] string? Status, ItemOutcome? Outcome, string? AgentId, int Images)
{
    private static readonly (ItemFlags Flag, string Word)[] Words =
    [
        .. Enum.GetValues<ItemFlags>().Where(f => f is not (ItemFlags.None or ItemFlags.Answered)).Select(f => (f, f.ToString().ToLowerInvariant())),
    ];

    private static readonly string[] Kinds = [.. Enum.GetNames<ItemKind>().Select(name => name.ToLowerInvariant())];

    private static readonly FrozenDictionary<string, ItemKind> KindsByWord =
        Enum.GetValues<ItemKind>().ToFrozenDictionary(kind => Kinds[(int)kind], StringComparer.Ordinal);

    public static IEnumerable<string> AllFlagWords => Words.Select(w => w.Word);

    /// <summary>Kinds whose text is shown in place.</summary>
    public static bool HasText(ItemKind kind) =>
        kind is ItemKind.Prompt or ItemKind.Reply or ItemKind.Thinking or ItemKind.Compaction or ItemKind.Notice or ItemKind.Error;

    public static ItemView Of(Item item, ItemRef id, string? text, bool cut) => new(
        id.ToString(), id.Ordinal, KindWord(item.Kind), item.AtMs, item.Name, item.Preview, text, cut, FlagWords(item.Flags), StatusOf(item),
        item.Kind == ItemKind.Tool ? ItemOutcome.Of(item) : null, item.AgentId, item.Images);

    /// <summary>The kind as it is stored and sent.</summary>
    public static string KindWord(ItemKind kind) => Kinds[(int)kind];

    /// <exception cref="KeyNotFoundException">A word that no version of Muse stored.</exception>
    public static ItemKind KindOf(string word) => KindsByWord[word];

    public static string? StatusOf(Item item) => item.Kind != ItemKind.Tool ? null
        : item.Flags.HasFlag(ItemFlags.Denied) ? "denied"
        : item.Flags.HasFlag(ItemFlags.Cancelled) ? "cancelled"
        : item.Flags.HasFlag(ItemFlags.Error) ? "error"
        : item.Flags.HasFlag(ItemFlags.Answered) ? "ok"
        : "running";

    private static string[] FlagWords(ItemFlags flags) =>
        (flags & ~ItemFlags.Answered) == ItemFlags.None ? [] : [.. Words.Where(w => flags.HasFlag(w.Flag)).Select(w => w.Word)];
}

/// <summary>What a folded tool row says of its result; absent values are left out.</summary>
internal sealed class ItemOutcome
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ExitCode { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? DurationMs { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? File { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Added { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Removed { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Lines { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Bytes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Hits { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Commit { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AgentId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Summary { get; init; }

    public static ItemOutcome? Of(Item item) => item.Outcome is null && item.AgentId is null ? null : new ItemOutcome
    {
        ExitCode = item.Outcome?.ExitCode,
        DurationMs = item.Outcome?.DurationMs,
        File = item.Outcome?.File,
        Added = item.Outcome?.Added,
        Removed = item.Outcome?.Removed,
        Lines = item.Outcome?.Lines,
        Bytes = item.Outcome?.Bytes,
        Hits = item.Outcome?.Hits,
        Commit = item.Outcome?.Commit,
        AgentId = item.AgentId,
        Summary = item.Outcome?.Summary,
    };
}

internal static class ItemRows
{
    /// <summary>The item a row stores.</summary>
    public static Item ToItem(this ItemRow row) => new()
    {
        Ordinal = ItemKey.Ordinal(row.Key),
        Kind = ItemView.KindOf(row.Kind),
        Offset = row.Offset,
        Length = row.Length,
        Block = row.Block,
        AtMs = row.AtMs,
        Name = row.Name,
        CallId = row.CallId,
        Flags = (ItemFlags)row.Flags,
        Preview = row.Preview,
        ResultOffset = row.ResultOffset,
        ResultLength = row.ResultLength,
        Outcome = OutcomeJson.Read(row.Outcome),
        AgentId = row.AgentId,
        Images = row.Images,
    };
}
