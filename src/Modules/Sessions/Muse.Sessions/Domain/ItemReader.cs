using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Domain;

/// <summary>Makes views and bodies of items from their rows and their places in the file.</summary>
internal sealed class ItemReader(IEnumerable<ITranscriptFormat> formats, TranscriptSources sources)
{
    /// <summary>Characters of text a window shows in place.</summary>
    private const int WindowText = 8000;

    /// <summary>A line longer than this is not parsed for a window: it holds images, and its body can be opened.</summary>
    private const int LongestWindowLine = 8 << 20;
    private readonly Dictionary<string, ITranscriptFormat> _formats = formats.ToDictionary(f => f.Agent, StringComparer.Ordinal);

    /// <summary>Null for an agent that this version does not know.</summary>
    public ITranscriptFormat? FormatOf(string agent) => _formats.GetValueOrDefault(agent);

    /// <summary>The bytes of a transcript. Null if nobody has them any more.</summary>
    public TranscriptLines? Open(CurrentTranscript transcript) => sources.Open(transcript);

    /// <inheritdoc cref="TranscriptSources.Open(string, long, long)" />
    public TranscriptLines? Open(string path, long generation, long committedBytes) => sources.Open(path, generation, committedBytes);

    /// <inheritdoc cref="TranscriptSources.IsReadInParts" />
    public bool IsReadInParts(string path, long generation) => sources.IsReadInParts(path, generation);

    /// <summary>The views of rows, with their texts as far as the file still has them.</summary>
    public List<ItemView> Views(CurrentTranscript transcript, IReadOnlyList<ItemRow> rows)
    {
        using var lines = Open(transcript);
        return Views(transcript, [.. rows.Select(r => r.ToItem())], lines, item => new ItemRef(item.Ordinal));
    }

    /// <inheritdoc cref="Views(CurrentTranscript, IReadOnlyList{ItemRow})" />
    public List<ItemView> Views(CurrentTranscript transcript, IReadOnlyList<Item> items, TranscriptLines? lines, Func<Item, ItemRef> name)
    {
        lines?.Plan(items.Where(IsReadInPlace).Select(i => new LineRange(i.Offset, i.Length)));
        var format = FormatOf(transcript.Agent);
        var views = new List<ItemView>(items.Count);
        foreach (var item in items)
        {
            var body = IsReadInPlace(item) ? Body(format, item, lines, new BodyLimits(WindowText, 0)) : null;
            var cut = ItemView.HasText(item.Kind) && (body is null || body.TextCut);
            views.Add(ItemView.Of(item, name(item), body?.Text, cut));
        }

        return views;
    }

    /// <summary>The item's body; null if its bytes are gone.</summary>
    public static ItemBody? Body(ITranscriptFormat? format, Item item, TranscriptLines? lines, BodyLimits limits)
    {
        if (format is null || lines is null)
        {
            return null;
        }

        // The result first: it is a copy, while the line's span is good until the next read only.
        var result = limits.Output == 0 ? [] : lines.Copy(item.ResultOffset, item.ResultLength);
        var line = lines.Line(item.Offset, item.Length);
        return line.IsEmpty ? null : format.ReadBody(item, line, result, limits);
    }

    private static bool IsReadInPlace(Item item) => ItemView.HasText(item.Kind) && item.Length <= LongestWindowLine;
}
