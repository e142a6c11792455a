using System.Text.Json;
using Muse.BuildingBlocks.Secrets;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Export;

/// <summary>What of a session is exported.</summary>
/// <param name="Tools">Inputs and outputs of tools; without, only their folded lines.</param>
/// <param name="Mask">Secrets are masked.</param>
internal sealed record ExportChoice(bool Tools, bool Subagents, bool Mask);

/// <summary>What stands before the items.</summary>
/// <param name="Secrets">What will be masked; empty if nothing is.</param>
/// <param name="Prompts">Of the main conversation, each as one line.</param>
internal sealed record ExportHead(
    SessionSummary Session, ExportChoice Choice, long ExportedAtMs, IReadOnlyList<MaskedSecret> Secrets, IReadOnlyList<ItemView> Prompts);

/// <summary>An item with its body, as it may leave: terminal escapes gone, secrets masked.</summary>
/// <param name="Input">A tool's input as JSON text.</param>
/// <param name="Pictures">Only where the format embeds them.</param>
internal sealed record ExportedItem(
    ItemView View, string? Input, string? Output, bool OutputCut, IReadOnlyList<Patch> Patches, IReadOnlyList<TodoEntry> Todos,
    IReadOnlyList<ImageBytes> Pictures)
{
    /// <summary>The input's fields, a line or more each; the text itself if it is no object.</summary>
    public IEnumerable<(string? Name, string Text)> InputFields()
    {
        if (Input is null)
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(Input);
            return document.RootElement.ValueKind != JsonValueKind.Object ? [(null, Input)]
                : [.. document.RootElement.EnumerateObject().Select(f =>
                    (f.Name, ShownText.From(f.Value.ValueKind == JsonValueKind.String ? f.Value.GetString()! : f.Value.GetRawText())))]; // a string has a value
        }
        catch (JsonException)
        {
            return [(null, Input)]; // a mask went over a quote
        }
    }
}

/// <summary>A subagent's conversation within an export.</summary>
/// <param name="Number">From 1, in the order they are written.</param>
internal sealed record ExportedAgent(int Number, string AgentId, string? Type, string? Description);

/// <summary>One format of export. Called in the order of the document; what was written is sent on between the calls.</summary>
internal interface IExportWriter
{
    /// <summary>Pictures are read and given with their items.</summary>
    bool TakesPictures { get; }

    void Begin(ExportHead head);

    /// <summary>The next item; the subagent that it started, if any, is opened before the next one.</summary>
    void Item(ExportedItem item);

    void OpenAgent(ExportedAgent agent);

    void CloseAgent();

    /// <summary>The subagents that follow were started by no call that is known.</summary>
    void OpenOthers();

    /// <param name="isWhole">False if the transcript goes on behind what is indexed.</param>
    void End(bool isWhole);
}

/// <summary>Writes nothing: to learn what would be masked.</summary>
internal sealed class NoExport : IExportWriter
{
    public bool TakesPictures => false;

    public void Begin(ExportHead head)
    {
    }

    public void Item(ExportedItem item)
    {
    }

    public void OpenAgent(ExportedAgent agent)
    {
    }

    public void CloseAgent()
    {
    }

    public void OpenOthers()
    {
    }

    public void End(bool isWhole)
    {
    }
}
