using System.Globalization;
using System.Text;
using Muse.Contracts.Sessions;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Tests.Reading;

/// <summary>What a reader made of a transcript, as lines that a person reads: places are line numbers, absent values are left out.</summary>
internal sealed class GoldenText
{
    private static readonly BodyLimits Limits = new(8000, 60_000);
    private readonly StringBuilder _text = new();
    private readonly byte[] _bytes;
    private readonly Golden _golden;
    private readonly List<int> _lineStarts = [0];

    private GoldenText(Golden golden)
    {
        (_golden, _bytes) = (golden, golden.Bytes);
        for (var i = 0; i < _bytes.Length - 1; i++)
        {
            if (_bytes[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    public static string Of(Golden golden) => new GoldenText(golden).Write(golden.Read());

    private string Write(ReadResult read)
    {
        Line($"lines: {read.TotalLines} = {read.ItemLines} with items + {read.FoldedLines} folded + {read.UnknownLines} unknown + {read.MalformedLines} malformed + {read.BlankLines} blank");
        WriteHeader(read);
        Section("items", read.Items, WriteItem);
        Section("usage", read.Usage, u => Line($"  {u.Identity} {Time(u.AtMs)} {u.Model ?? "(no model)"}{Figures(u)}"));
        Section("prompts", read.Prompts, p => Line($"  {p.Ordinal} {(p.Reply ? "reply" : "prompt")} {Time(p.AtMs)} {p.Preview}"));
        Section("tools", read.Tools, t => Line($"  {t.Ordinal} {t.Name} {t.Status} {Time(t.AtMs)}{Value(" ms", t.DurationMs)}"));
        Section("edits", read.Edits, e => Line($"  {e.Ordinal} {e.Path} +{e.AddedLines} -{e.RemovedLines} {Time(e.AtMs)}"));
        Section("commits", read.Commits, c => Line($"  {c.Ordinal} {c.Hash} {c.Subject} {Time(c.AtMs)}"));
        Section("errors", read.Errors, e => Line($"  {e.Ordinal} {e.Code} {Time(e.AtMs)} {e.Preview}"));
        Section("interruptions", read.Interruptions, i => Line($"  {i.Ordinal} {Time(i.AtMs)}"));
        Section("unknown types", read.Unknown, u => Line($"  {u.Key.Trim()} x{u.Value}"));
        return _text.ToString();
    }

    private void WriteHeader(ReadResult read)
    {
        var place = _golden.Place;
        Line($"session: {place.NativeId}{Said(", agent", place.AgentId)}{Said(", type", place.AgentType)}{Said(", parent", read.ParentNativeId ?? place.ParentNativeId)}");
        Line($"time: {Time(read.FirstAtMs)} to {Time(read.LastAtMs)}");
        foreach (var (name, value) in new (string, string?)[]
        {
            ("title", read.Title is null ? null : $"{read.Title} ({read.TitleRank})"), ("project", read.ProjectPath), ("cwd", read.Cwd), ("branch", read.Branch),
            ("model", read.Model), ("version", read.Version), ("last prompt", read.LastPrompt), ("last reply", read.LastReply),
            ("internal", read.Internal?.ToString()), ("pull requests", Joined(read.PullRequests)),
        })
        {
            _text.Append(value is null ? "" : $"{name}: {value}\n");
        }
    }

    private void WriteItem(Item item)
    {
        var name = $"{item.Kind.ToString().ToLowerInvariant()}{Said("", item.Name)}{(item.CallId is null ? "" : $" #{item.CallId}")}";
        Line($"  {item.Ordinal,2} {name,-26} {Time(item.AtMs)} {Place(item.Offset, item.Block)}  {item.Preview}");
        var more = new List<string>();
        if (item.Flags != ItemFlags.None)
        {
            more.Add(item.Flags.ToString().ToLowerInvariant());
        }

        if (item.ResultOffset is { } result)
        {
            more.Add($"result {Place(result, 0)}");
        }

        more.AddRange(item.AgentId is null ? [] : [$"agent {item.AgentId}"]);
        more.AddRange(Outcome(item.Outcome));
        more.AddRange(Body(item));
        _text.Append(more.Count == 0 ? "" : $"     {string.Join(" | ", more)}\n");
    }

    private static IEnumerable<string> Outcome(ToolOutcome? of)
    {
        if (of is null)
        {
            return [];
        }

        var said = $"{Value(" exit", of.ExitCode)}{Value(" ms", of.DurationMs)}{Said(" file", of.File)}{Value(" added", of.Added)}{Value(" removed", of.Removed)}"
            + $"{Value(" lines", of.Lines)}{Value(" bytes", of.Bytes)}{Value(" hits", of.Hits)}{Said(" commit", of.Commit)}{(of.Summary is null ? "" : $" \"{of.Summary}\"")}";
        return said.Length == 0 ? [] : [said.TrimStart()];
    }

    /// <summary>What opens when the row is unfolded, in sizes.</summary>
    private IEnumerable<string> Body(Item item)
    {
        var line = _bytes.AsSpan((int)item.Offset, item.Length).ToArray();
        byte[] result = item.ResultOffset is { } at ? _bytes.AsSpan((int)at, item.ResultLength).ToArray() : [];
        var body = _golden.Format.ReadBody(item, line, result, Limits);
        var said = $"{Value(" text", body.Text?.Length)}{Value(" input", body.Input?.Length)}{Value(" output", body.Output?.Length)}"
            + string.Concat(body.Patches.Select(p => $" patch {p.Path} +{p.Added}-{p.Removed} in {p.Hunks.Count}"))
            + string.Concat(body.Images.Select(i => $" image {i.Index} {i.MediaType} {ImageSize(item, i.Index, line, result)}"))
            + string.Concat(body.Todos.Select(t => $" todo {t.Status} {t.Content}"));
        return said.Length == 0 ? [] : ["body" + said];
    }

    private string ImageSize(Item item, int index, byte[] line, byte[] result) =>
        _golden.Format.ReadImage(item, index, line, result) is { } image ? $"{image.Data.Length} bytes" : "refused";

    private static string Figures(UsageRow of) =>
        Value(" in", of.InputTokens) + Value(" write5m", of.CacheWrite5mTokens) + Value(" write1h", of.CacheWrite1hTokens)
        + Value(" read", of.CacheReadTokens) + Value(" out", of.OutputTokens) + Value(" reasoning", of.ReasoningTokens)
        + (of.WebSearches > 0 ? $" searches {of.WebSearches}" : "") + (of.Sidechain ? " sidechain" : "") + (of.Inherited ? " inherited" : "") + (of.Fast ? " fast" : "")
        + Value(" window", of.ContextWindow);

    private void Section<T>(string name, IReadOnlyCollection<T> entries, Action<T> write)
    {
        if (entries.Count > 0)
        {
            Line($"\n{name}");
            entries.ToList().ForEach(write);
        }
    }

    /// <summary>Line and block; within a document, line and the bytes into it.</summary>
    private string Place(long offset, int block)
    {
        var line = _lineStarts.FindLastIndex(start => start <= offset);
        return $"L{line + 1}{(offset > _lineStarts[line] ? $"+{offset - _lineStarts[line]}" : "")}{(block == 0 ? "" : $".{block}")}";
    }

    private void Line(string line) => _text.Append(line).Append('\n');

    private static string Time(long? atMs) =>
        atMs is null or 0 ? "-" : DateTimeOffset.FromUnixTimeMilliseconds(atMs.Value).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static string Value(string name, long? value) => value is null ? "" : $"{name} {value}";

    private static string Said(string name, string? value) => value is null ? "" : $"{name} {value}";

    private static string? Joined(List<string> values) => values.Count == 0 ? null : string.Join(", ", values);
}
