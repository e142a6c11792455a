using Muse.Sessions.Reading;

namespace Muse.Sessions.Understanding;

/// <summary>An item of the main conversation, with what the rules look at.</summary>
/// <param name="Edits">Files that it changed.</param>
internal sealed record Step(long Ordinal, ItemKind Kind, long? AtMs, string? Name, ItemFlags Flags, string Preview)
{
    public List<string> Edits { get; } = [];

    public bool Has(ItemFlags flag) => (Flags & flag) != ItemFlags.None;

    /// <summary>Something a person said, not what the program wrote in a person's name.</summary>
    public bool IsAsk => Kind == ItemKind.Prompt && !Has(ItemFlags.Meta);

    public bool IsReply => Kind == ItemKind.Reply;

    public bool IsTool => Kind == ItemKind.Tool;

    /// <summary>A call that went wrong by itself: nobody refused it or broke it off.</summary>
    public bool IsFailure => IsTool && Has(ItemFlags.Error) && !Has(ItemFlags.Denied) && !Has(ItemFlags.Cancelled);

    public bool IsSuccess => IsTool && Has(ItemFlags.Answered) && !Has(ItemFlags.Error) && !Has(ItemFlags.Denied) && !Has(ItemFlags.Cancelled);

    /// <summary>A command to the program itself, or to a shell beside it: nobody waits for an answer to it.</summary>
    public bool IsCommand => Kind == ItemKind.Prompt && (Preview.StartsWith('/') || Preview.StartsWith('!') || Preview.StartsWith("I ran the following shell command:", StringComparison.Ordinal));

    /// <summary>A call that asks a person and has no answer yet.</summary>
    public bool IsOpenQuestion => IsOpenCall && Name is ("AskUserQuestion" or "ExitPlanMode" or "request_user_input" or "ask_user");

    /// <summary>A call that never came back.</summary>
    public bool IsOpenCall => IsTool && !Has(ItemFlags.Answered | ItemFlags.Background | ItemFlags.Cancelled);

    public bool IsInterruption => Kind == ItemKind.Mark && Name == "interruption";
}
