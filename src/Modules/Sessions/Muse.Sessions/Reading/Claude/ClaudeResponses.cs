using System.Globalization;
using Muse.Contracts.Sessions;

namespace Muse.Sessions.Reading.Claude;

/// <summary>The tokens of responses: a response is several records, which state its usage again and again.</summary>
internal sealed class ClaudeResponses(TranscriptPlace place, ClaudeState state)
{
    private readonly StringInterner _names = new();

    public void Read(ClaudeLine line, ReadBatch batch)
    {
        var record = line.Record;
        if (!record.Usage.Present || line.Text(record.Model).SequenceEqual("<synthetic>"u8))
        {
            return;
        }

        var own = record.MessageId.IsEmpty ? record.Uuid : record.MessageId;
        // Without any name it cannot be known again elsewhere: its place is its name.
        var identity = own.IsEmpty
            ? string.Create(CultureInfo.InvariantCulture, $"claude:{place.NativeId}:{place.AgentId}:at{line.Offset}")
            : $"claude:{JsonText.Unescape(line.Text(own), 200)}";
        if (record.Iterations.Count < 2)
        {
            Tell(line, identity, record.Usage, record.Model, batch);
            return;
        }

        // With several passes the top level states the last one only; each was processed, perhaps by another model.
        for (var i = 0; i < record.Iterations.Count; i++)
        {
            var pass = record.Iterations[i];
            Tell(line, $"{identity}#{i}", pass, pass.Model.IsEmpty ? record.Model : pass.Model, batch);
        }
    }

    private void Tell(ClaudeLine line, string identity, ClaudeUsage usage, JsonSlice model, ReadBatch batch)
    {
        var record = line.Record;
        // Versions before 2.1.152 state a total of 0 beside a filled split; the greater one is right.
        var hour = Math.Max(0, usage.CacheWrite1h);
        var written = Math.Max(usage.CacheWrite, usage.CacheWrite5m + hour);
        var row = new UsageRow(
            identity, record.AtMs ?? 0, model.IsEmpty ? null : _names.Get(line.Text(model)), usage.Input, written - hour,
            usage.CacheWrite1h, usage.CacheRead, usage.Output, usage.Thinking, (int)Math.Min(int.MaxValue, usage.WebSearches),
            record.IsSidechain, Inherited: false, usage.Fast);
        var told = $"{identity}|{row.InputTokens}|{row.CacheWrite5mTokens}|{row.CacheWrite1hTokens}|{row.CacheReadTokens}|{row.OutputTokens}";
        if (told != state.LastUsage)
        {
            state.LastUsage = told;
            batch.Usage.Add(row);
        }
    }
}
