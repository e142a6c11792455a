using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Export;

/// <summary>
/// Goes through a session in the order of its export: each item from its place in the transcript, and under a call the
/// conversation of the subagent it started. Holds one item's body at a time.
/// </summary>
internal sealed class ExportWalk(SessionReads reads, ItemReader reader, CurrentTranscript? main, string sessionId, ExportChoice choice)
{
    private const int Chunk = 128;

    /// <summary>Characters of one text or output: more than any reader goes through, and bounded.</summary>
    private const int LongestText = 1 << 20;

    /// <summary>A line of a file beyond this is no text, and is not read.</summary>
    private const int LongestLine = 64 << 20;
    private const int LargestPicture = 10 << 20;
    private const int DeepestAgent = 8;

    /// <summary>Prompts that the table at the beginning names.</summary>
    private const int MostPrompts = 2_000;
    private static readonly BodyLimits WithTools = new(LongestText, LongestText);
    private static readonly BodyLimits WithoutTools = new(LongestText, 0);

    /// <summary>The prompts of the main conversation, without what the program wrote in a person's name.</summary>
    public List<ItemView> Prompts() => main is null ? []
        : [.. reads.ItemsFrom(ItemKey.First(main.Generation), End(main), ["prompt"], MostPrompts).Select(r => r.ToItem())
            .Where(i => (i.Flags & (ItemFlags.Meta | ItemFlags.Void)) == ItemFlags.None).Select(i => ItemView.Of(i, new ItemRef(i.Ordinal), null, false))];

    /// <param name="flush">Sends on what was written; awaited after each item.</param>
    public async Task WriteAsync(IExportWriter writer, ExportMask mask, Func<CancellationToken, ValueTask> flush, CancellationToken ct)
    {
        var agents = new Agents(choice.Subagents ? reads.Agents(sessionId) : []);
        var isWhole = main is null || await ThreadAsync(main, 0);
        if (agents.HasUnopened)
        {
            writer.OpenOthers();
            while (agents.Next() is { } other)
            {
                await AgentAsync(other, 1);
            }
        }

        writer.End(isWhole);
        await flush(ct);

        async Task<bool> ThreadAsync(CurrentTranscript transcript, int depth)
        {
            using var lines = reader.Open(transcript);
            var format = reader.FormatOf(transcript.Agent);
            for (var (next, end) = (ItemKey.First(transcript.Generation), End(transcript)); next < end;)
            {
                var rows = reads.ItemsFrom(next, end, [], Chunk);
                if (rows.Count == 0)
                {
                    break;
                }

                lines?.Plan(rows.Where(r => r.Length <= 1 << 20).Select(r => new LineRange(r.Offset, r.Length)));
                foreach (var item in rows.Select(r => r.ToItem()))
                {
                    writer.Item(mask.Item(item, Body(format, item, lines), transcript.AgentId, writer.TakesPictures ? Pictures(format, item, lines) : []));
                    await flush(ct);
                    if (depth < DeepestAgent && agents.StartedBy(item) is { } agent)
                    {
                        await AgentAsync(agent, depth + 1);
                    }
                }

                next = rows[^1].Key + 1;
            }

            return lines is null || format is null || !UnindexedPart.IsWorthReading(transcript, format, lines);
        }

        async Task AgentAsync(CurrentTranscript agent, int depth)
        {
            writer.OpenAgent(mask.Agent(agents.Opened, agent.AgentId!, agent.AgentType, agent.Description)); // only subagents are listed
            await ThreadAsync(agent, depth);
            writer.CloseAgent();
        }
    }

    // What was committed meanwhile belongs to a later export.
    private static long End(CurrentTranscript transcript) => ItemKey.Of(transcript.Generation, transcript.Items);

    private ItemBody? Body(ITranscriptFormat? format, Item item, TranscriptLines? lines) =>
        item.Length > LongestLine || item.ResultLength > LongestLine || !(ItemView.HasText(item.Kind) || (choice.Tools && item.Kind == ItemKind.Tool)) ? null
        : ItemReader.Body(format, item, lines, choice.Tools ? WithTools : WithoutTools);

    private List<ImageBytes> Pictures(ITranscriptFormat? format, Item item, TranscriptLines? lines)
    {
        var pictures = new List<ImageBytes>();
        if (format is null || lines is null || item.Images == 0 || item.Length > LongestLine || item.ResultLength > LongestLine
            || (item.Kind == ItemKind.Tool && !choice.Tools))
        {
            return pictures;
        }

        var answer = lines.Copy(item.ResultOffset, item.ResultLength);
        var line = lines.Line(item.Offset, item.Length);
        for (var i = 0; i < item.Images && !line.IsEmpty; i++)
        {
            if (format.ReadImage(item, i, line, answer) is { } image && image.Data.Length <= LargestPicture && ImageKind.Of(image.Data) is { } mediaType)
            {
                pictures.Add(new ImageBytes(mediaType, image.Data));
            }
        }

        return pictures;
    }

    /// <summary>The subagents that are still to be written, each once.</summary>
    private sealed class Agents(List<CurrentTranscript> unopened)
    {
        public int Opened { get; private set; }

        public bool HasUnopened => unopened.Count > 0;

        public CurrentTranscript? StartedBy(Item item) => item.Kind != ItemKind.Tool ? null
            : Open(unopened.FindIndex(a => a.AgentId == item.AgentId || (item.CallId is not null && a.ParentCallId == item.CallId)));

        public CurrentTranscript? Next() => Open(unopened.Count > 0 ? 0 : -1);

        private CurrentTranscript? Open(int index)
        {
            if (index < 0)
            {
                return null;
            }

            var agent = unopened[index];
            unopened.RemoveAt(index);
            Opened++;
            return agent;
        }
    }
}
