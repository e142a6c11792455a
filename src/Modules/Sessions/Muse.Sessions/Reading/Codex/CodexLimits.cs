using Muse.Contracts.Sessions;

namespace Muse.Sessions.Reading.Codex;

/// <summary>
/// How much of the plan's windows is used, from the <c>rate_limits</c> of <c>token_count</c>. The end of a window is an epoch in seconds
/// (<c>resets_at</c>), in older versions the seconds until then. Null limits say nothing.
/// </summary>
internal sealed class CodexLimits(CodexState state, CodexLine line)
{
    private const int MostName = 100;

    /// <summary>No plan has longer windows; more is no length.</summary>
    private const int MostMinutes = 366 * 24 * 60;
    private readonly JsonFields _limits = new();
    private readonly JsonFields _window = new();

    public void Read(ReadOnlySpan<byte> bytes, ReadBatch batch)
    {
        if (state.Inheriting || line.AtMs is not { } atMs || line.Get(bytes, "rate_limits"u8) is not { IsObject: true } said)
        {
            return;
        }

        _limits.Read(bytes, said);
        var name = _limits.Get(bytes, "limit_id"u8).Text(bytes, MostName);
        var plan = _limits.Get(bytes, "plan_type"u8).Text(bytes, MostName);
        Take(bytes, _limits.Get(bytes, "primary"u8));
        Take(bytes, _limits.Get(bytes, "secondary"u8));

        void Take(ReadOnlySpan<byte> bytes, JsonValue window)
        {
            _window.Read(bytes, window);
            if (_window.Get(bytes, "window_minutes"u8).Number(bytes) is > 0 and <= MostMinutes and var minutes
                && _window.Get(bytes, "used_percent"u8).Real(bytes) is >= 0 and <= 1000 and var used)
            {
                batch.SawLimit(new LimitSeen(atMs, name, (int)minutes, Math.Min(used, 100), EndOf(bytes, atMs), plan));
            }
        }
    }

    private long? EndOf(ReadOnlySpan<byte> bytes, long atMs) =>
        _window.Get(bytes, "resets_at"u8).Time(bytes) ?? _window.Get(bytes, "reset_at"u8).Time(bytes)
        ?? (_window.Get(bytes, "resets_in_seconds"u8).Number(bytes) is >= 0 and <= MostMinutes * 60L and var seconds ? atMs + (seconds * 1000) : null);
}
