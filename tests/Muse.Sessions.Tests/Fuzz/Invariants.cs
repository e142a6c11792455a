using Muse.BuildingBlocks.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Muse.Sessions.Reading;
using Muse.Sessions.Tests.Reading;

namespace Muse.Sessions.Tests.Fuzz;

/// <summary>What holds of every reading, whatever stands in the file.</summary>
internal static class Invariants
{
    private static readonly BodyLimits Limits = new(500, 500);
    private static readonly BodyLimits WithoutOutput = new(500, 0);

    /// <summary>The longest name of a tool, mark or unknown type.</summary>
    private const int LongestName = 240;

    /// <returns>What is wrong, beginning with its kind and a colon; null if nothing is.</returns>
    public static string? Broken(Subject subject, byte[] input)
    {
        try
        {
            var place = subject.Format.Identify("/fuzz", subject.Path, input.AsSpan(0, Math.Min(input.Length, 64 << 10))) ?? new TranscriptPlace("x");
            var whole = Transcripts.Read(subject.Format, subject.Path, place, input);
            return WrongCount(subject, input, whole) ?? WrongCut(subject, place, input, whole) ?? WrongHeader(whole)
                ?? whole.Items.Select(item => WrongItem(item, input) ?? WrongBody(subject.Format, item, input)).FirstOrDefault(problem => problem is not null)
                ?? WrongCounted(whole) ?? WrongState(subject.Format, place, whole.State);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"{e.GetType().Name}: {e.Message}\n{e.StackTrace}";
        }
    }

    private static string? WrongCount(Subject subject, byte[] input, ReadResult whole)
    {
        var expected = subject.IsDocument ? Records(input) : input.AsSpan().Count((byte)'\n');
        return whole.TotalLines == expected ? null : $"lines: {expected} stand there, {whole.TotalLines} were counted";
    }

    private static string? WrongCut(Subject subject, TranscriptPlace place, byte[] input, ReadResult whole)
    {
        if (subject.IsDocument)
        {
            return null;
        }

        var pieces = Transcripts.Read(subject.Format, place, input, Enumerable.Range(0, input.Length).Where(i => input[i] == '\n').Select(i => i + 1));
        var (one, many) = (whole.ToString(), pieces.ToString());
        var at = one.AsSpan().CommonPrefixLength(many);
        return one != many ? $"cut: line by line it reads otherwise: …{Around(one, at)}… and …{Around(many, at)}…"
            : whole.State.AsSpan().SequenceEqual(pieces.State) ? null
            : $"state: line by line it ends in another: {Encoding.UTF8.GetString(whole.State)} and {Encoding.UTF8.GetString(pieces.State)}";
    }

    private static string? WrongHeader(ReadResult whole) =>
        Unfit("title", whole.Title) ?? Unfit("last prompt", whole.LastPrompt) ?? Unfit("last reply", whole.LastReply) ?? Unfit("version", whole.Version)
        ?? Unfit("model", whole.Model, 400) ?? whole.PullRequests.Select(url => Unfit("pull request", url)).FirstOrDefault(p => p is not null);

    private static string? WrongItem(Item item, byte[] input) =>
        item.Offset < 0 || item.Length < 0 || item.Offset + item.Length > input.Length ? $"place: item {item.Ordinal} stands at {item.Offset}+{item.Length}"
        : item.ResultOffset is { } at && (at < 0 || item.ResultLength < 0 || at + item.ResultLength > input.Length) ? $"place: the result of item {item.Ordinal} stands at {at}+{item.ResultLength}"
        : item.CallId is { Length: > 200 } ? $"call id: item {item.Ordinal} has one of {item.CallId.Length} characters"
        : Unfit("preview", item.Preview) ?? Unfit("name", item.Name, LongestName) ?? Unfit("file", item.Outcome?.File) ?? Unfit("summary", item.Outcome?.Summary)
            ?? Unfit("commit", item.Outcome?.Commit, 64);

    private static string? WrongBody(ITranscriptFormat format, Item item, byte[] input)
    {
        var line = input.AsSpan((int)item.Offset, item.Length);
        var result = item.ResultOffset is { } at ? input.AsSpan((int)at, item.ResultLength) : default;
        var body = format.ReadBody(item, line, result, Limits);
        _ = format.ReadBody(item, line, default, Limits);
        var bare = format.ReadBody(item, line, [], WithoutOutput);
        for (var i = -1; i <= item.Images; i++)
        {
            _ = format.ReadImage(item, i, line, result);
        }

        return body.Text?.Length > Limits.Text || body.Output?.Length > Limits.Output ? $"body: item {item.Ordinal} is longer than asked for"
            : bare.Output is not null || bare.Input is not null ? $"body: item {item.Ordinal} has an output that was not asked for"
            : body.Input is { } json && !IsJson(json) ? $"body: the input of item {item.Ordinal} is no JSON: {Encoding.UTF8.GetString(json)}"
            : null;
    }

    // -1 says that less than nothing was stated: whoever adds up leaves it out.
    private static string? WrongCounted(ReadResult whole) =>
        whole.Usage.Any(u => u.InputTokens < -1 || u.OutputTokens < -1 || u.CacheReadTokens < -1 || u.CacheWrite1hTokens < -1 || u.CacheWrite5mTokens < -1 || u.WebSearches < -1
            || u.ReasoningTokens < -1 || u.InputTokens + u.OutputTokens + u.CacheReadTokens + u.CacheWrite1hTokens + u.CacheWrite5mTokens > 10_000_000_000_000) ? "usage: far below nothing, or beyond measure"
        : whole.Usage.Any(u => u.Identity.Length > 700) ? "usage: an identity without bound"
        : whole.Edits.Any(e => e.AddedLines < 0 || e.RemovedLines < 0 || e.Path.Length > 4096) ? "edit: below nothing, or a path without bound"
        : whole.Prompts.Select(p => p.Ordinal).Concat(whole.Tools.Select(t => t.Ordinal)).Concat(whole.Edits.Select(e => e.Ordinal)).Any(o => o < 0 || o >= whole.Items.Count) ? "ordinal: of no item"
        : whole.Prompts.Select(p => Unfit("prompt", p.Preview)).Concat(whole.Errors.Select(e => Unfit("error", e.Preview) ?? Unfit("error code", e.Code)))
            .Concat(whole.Tools.Select(t => Unfit("tool", t.Name, LongestName))).Concat(whole.Commits.Select(c => Unfit("subject", c.Subject) ?? Unfit("hash", c.Hash, 64)))
            .Concat(whole.Unknown.Keys.Select(k => Unfit("unknown type", k.TrimStart(), 2 * LongestName))).FirstOrDefault(problem => problem is not null);

    /// <summary>A state that was damaged on its way begins anew and does not throw.</summary>
    private static string? WrongState(ITranscriptFormat format, TranscriptPlace place, byte[] state)
    {
        for (var at = 0; at < state.Length; at += Math.Max(1, state.Length / 16))
        {
            _ = format.Open(place, state.AsSpan(0, at));
            _ = format.Open(place, Mutation.Splice(state, at, 1, [(byte)"[{0\"9x"[at % 6]]));
        }

        return state.Length > 4 << 20 ? $"state: {state.Length} bytes" : null;
    }

    /// <summary>Text that is shown is one line without anything that acts on what stands around it.</summary>
    private static string? Unfit(string what, string? text, int most = PreviewText.MaxLength)
    {
        if (text is null)
        {
            return null;
        }

        foreach (var rune in text.EnumerateRunes())
        {
            var isLone = rune == Rune.ReplacementChar && !text.Contains('\uFFFD');
            var hides = rune.Value != 0x200D && Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            if (isLone || hides)
            {
                return $"text: the {what} holds U+{rune.Value:X4}: {JsonSerializer.Serialize(text)}";
            }
        }

        return text.Length > most ? $"text: the {what} has {text.Length} characters" : null;
    }

    private static bool IsJson(byte[] bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 600 });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Messages of a document; one for a file that is none.</summary>
    private static int Records(byte[] input)
    {
        try
        {
            using var document = JsonDocument.Parse(input.AsMemory(input.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), new JsonDocumentOptions { MaxDepth = 512 });
            return document.RootElement.ValueKind != JsonValueKind.Object ? 1
                : document.RootElement.TryGetProperty("messages", out var messages) && messages.ValueKind == JsonValueKind.Array ? messages.GetArrayLength() : 0;
        }
        catch (JsonException)
        {
            return 1;
        }
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 120)..Math.Min(text.Length, at + 120)];
}
