using System.Text;
using Muse.BuildingBlocks.Secrets;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Export;

/// <summary>Makes what is read fit to leave: hidden characters are shown, and secrets masked if that was asked for.</summary>
internal sealed class ExportMask(bool isOn)
{
    private readonly MaskedSecrets _masked = new();

    public MaskedSecrets Masked => _masked;

    public SessionSummary Session(SessionSummary session)
    {
        var mask = new SecretMask(_masked);
        return session with
        {
            Title = Clean(mask, session.Title, null)!, // of what is there
            Project = Clean(mask, session.Project, null)!,
            ProjectPath = Clean(mask, session.ProjectPath, null),
            Branch = Clean(mask, session.Branch, null),
            Model = Clean(mask, session.Model, null),
            LastPrompt = Clean(mask, session.LastPrompt, null, isPreview: true),
            LastReply = Clean(mask, session.LastReply, null, isPreview: true),
            Marks = session.Marks with { OwnTitle = Clean(mask, session.Marks.OwnTitle, null) },
        };
    }

    /// <param name="agentId">Null in the main conversation.</param>
    public ExportedItem Item(Item item, ItemBody? body, string? agentId, IReadOnlyList<ImageBytes> pictures)
    {
        var mask = new SecretMask(_masked);
        var id = ItemRef.Text(item.Ordinal);
        var place = agentId is null ? id : $"{agentId}/{id}";
        var hasText = ItemView.HasText(item.Kind);
        var text = Clean(mask, hasText ? body?.Text : null, place, body?.TextCut == true);
        var view = ItemView.Of(item, new ItemRef(item.Ordinal), text, hasText && (body is null || body.TextCut));
        return new ExportedItem(
            view with
            {
                Name = Clean(mask, view.Name, place),
                // Of the masked text, so that nothing is counted twice and no key is cut into something that looks like none.
                Preview = text is null ? Clean(mask, view.Preview, place, isPreview: true)! : PreviewText.From(text),
                Outcome = Outcome(mask, view.Outcome, place),
            },
            body?.Input is { } input ? Clean(mask, Encoding.UTF8.GetString(input), place) : null,
            Clean(mask, body?.Output, place, body?.OutputCut == true),
            body?.OutputCut == true,
            body is null ? [] : [.. body.Patches.Select(p => Patch(mask, p, place))],
            body is null ? [] : [.. body.Todos.Select(t => new TodoEntry(Clean(mask, t.Content, place)!, t.Status))],
            pictures);
    }

    public ExportedAgent Agent(int number, string agentId, string? type, string? description)
    {
        var mask = new SecretMask(_masked);
        return new ExportedAgent(number, agentId, Clean(mask, type, agentId), Clean(mask, description, agentId));
    }

    public ItemView Prompt(ItemView prompt) => prompt with { Preview = Clean(new SecretMask(_masked), prompt.Preview, prompt.Id, isPreview: true)! };

    private ItemOutcome? Outcome(SecretMask mask, ItemOutcome? outcome, string place) => outcome is null ? null : new ItemOutcome
    {
        ExitCode = outcome.ExitCode,
        DurationMs = outcome.DurationMs,
        File = Clean(mask, outcome.File, place),
        Added = outcome.Added,
        Removed = outcome.Removed,
        Lines = outcome.Lines,
        Bytes = outcome.Bytes,
        Hits = outcome.Hits,
        Commit = outcome.Commit,
        AgentId = outcome.AgentId,
        Summary = Clean(mask, outcome.Summary, place, isPreview: true),
    };

    // A key of several lines is found across the lines of a hunk.
    private Patch Patch(SecretMask mask, Patch patch, string place) => patch with
    {
        Path = Clean(mask, patch.Path, place)!,
        Hunks = [.. patch.Hunks.Select(h => h with { Lines = Clean(mask, string.Join('\n', h.Lines), place)!.Split('\n') })],
    };

    private string? Clean(SecretMask mask, string? text, string? place, bool isCut = false, bool isPreview = false)
    {
        var shown = text is null ? null : ShownText.From(text);
        return shown is null || !isOn ? shown : mask.Apply(shown, place, isCut || (isPreview && shown.Length >= PreviewText.MaxLength - 1));
    }
}
