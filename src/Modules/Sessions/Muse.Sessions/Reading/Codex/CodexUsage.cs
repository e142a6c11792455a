using System.Globalization;
using Muse.Contracts.Sessions;

namespace Muse.Sessions.Reading.Codex;

/// <summary>
/// Tokens of the requests. Up to 0.152 only the thread's totals tell them apart: they are written again whenever the
/// limits change (each twice in 0.47 and 0.104), so a request is what the totals grew by. From 0.153 on each response
/// has a record of its own, which then counts alone.
/// </summary>
internal sealed class CodexUsage(CodexState state, CodexLine line)
{
    private readonly JsonFields _info = new();
    private readonly JsonFields _usage = new();

    public void ReadCount(ReadOnlySpan<byte> bytes, ReadBatch batch)
    {
        _info.Read(bytes, line.Get(bytes, "info"u8));
        TakeWindow(bytes, _info.Get(bytes, "model_context_window"u8));
        var total = _info.Get(bytes, "total_token_usage"u8);
        var last = _info.Get(bytes, "last_token_usage"u8);
        if (!total.IsObject)
        {
            if (last.IsObject && !state.UsageRecords)
            {
                var alone = Figures(bytes, last);
                Add($"codex:{state.UsageThread}:at{line.Offset.ToString(CultureInfo.InvariantCulture)}", alone, batch);
            }

            return;
        }

        var now = Figures(bytes, total);
        var step = new long[now.Length];
        var reset = false;
        for (var i = 0; i < now.Length; i++)
        {
            step[i] = now[i] - state.Totals[i];
            reset |= step[i] < 0;
        }

        if (state.TotalsBegan)
        {
            step = last.IsObject ? Figures(bytes, last) : new long[now.Length];
            state.TotalsBegan = false;
        }
        else if (reset)
        {
            // The counter began anew: what it says is what was used since, at most the last request if that is less.
            step = [.. now];
            if (last.IsObject && Figures(bytes, last) is var request && request[0] + request[3] < now[0] + now[3])
            {
                step = request;
            }
        }

        now.CopyTo(state.Totals, 0);
        if (!state.UsageRecords && step[0] + step[3] > 0)
        {
            Add($"codex:{state.UsageThread}:{string.Join('-', now)}", step, batch);
        }
    }

    /// <summary>A turn begins: its record says how much the agent lets into the context, before any response does.</summary>
    public void ReadTurn(ReadOnlySpan<byte> bytes) => TakeWindow(bytes, line.Get(bytes, "model_context_window"u8));

    public void ReadRecord(ReadOnlySpan<byte> bytes, ReadBatch batch)
    {
        var usage = line.Get(bytes, "usage"u8);
        var response = line.Get(bytes, "response_id"u8).Text(bytes, 200);
        if (!usage.IsObject || response is not { Length: > 0 })
        {
            return;
        }

        state.UsageRecords = true;
        var thread = line.Get(bytes, "thread_id"u8).Text(bytes, 200) ?? state.UsageThread;
        Add($"codex:{thread}:{response}", Figures(bytes, usage), batch);
    }

    private void TakeWindow(ReadOnlySpan<byte> bytes, JsonValue said)
    {
        if (said.Count(bytes) is > 0 and var window)
        {
            state.ContextWindow = window;
        }
    }

    private void Add(string identity, long[] figures, ReadBatch batch)
    {
        var (input, cached, written, output, reasoning) = (figures[0], figures[1], figures[2], figures[3], figures[4]);
        batch.Usage.Add(new UsageRow(
            identity, line.AtMs ?? state.LastAtMs, state.Model,
            Math.Max(0, input - cached - written), written, 0, cached, output, Math.Min(reasoning, output),
            0, Sidechain: false, Inherited: state.Inheriting, Fast: false, state.ContextWindow > 0 ? state.ContextWindow : null));
    }

    /// <summary>Input (with what was cached and written), cached, cache writes, output (with reasoning), reasoning.</summary>
    private long[] Figures(ReadOnlySpan<byte> bytes, JsonValue usage)
    {
        _usage.Read(bytes, usage);
        return
        [
            _usage.Get(bytes, "input_tokens"u8).Count(bytes),
            _usage.Get(bytes, "cached_input_tokens"u8).Count(bytes),
            _usage.Get(bytes, "cache_write_input_tokens"u8).Count(bytes),
            _usage.Get(bytes, "output_tokens"u8).Count(bytes),
            _usage.Get(bytes, "reasoning_output_tokens"u8).Count(bytes),
        ];
    }
}
