using System.Runtime.InteropServices;
using Muse.Insights.Domain;

namespace Muse.Insights.Features.GetInsights;

/// <summary>Sorts what happened by the days and the hours of the week of a zone.</summary>
internal sealed class WeekAndDays(TimeZoneInfo zone)
{
    private const int Levels = 4;
    private const long DayMs = 24L * 3600 * 1000;
    private long _knownDay = -1;
    private TimeSpan _knownOffset;
    private readonly Dictionary<DateOnly, (long Cost, long Responses, int Commits)> _days = [];
    private readonly (long Responses, int Errors, int Commits)[,] _hours = new (long, int, int)[7, 24];

    /// <returns>True, to be told of the next.</returns>
    public bool Spent(long atMs, long responses, long costMicroUsd)
    {
        var (day, weekday, hour) = At(atMs);
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_days, day, out _);
        known = known with { Cost = known.Cost + costMicroUsd, Responses = known.Responses + responses };
        _hours[weekday, hour].Responses += responses;
        return true;
    }

    /// <inheritdoc cref="Spent" />
    public bool Failed(long atMs)
    {
        var (_, weekday, hour) = At(atMs);
        _hours[weekday, hour].Errors++;
        return true;
    }

    public void Committed(long atMs, bool isShipped)
    {
        if (isShipped)
        {
            var (day, weekday, hour) = At(atMs);
            CollectionsMarshal.GetValueRefOrAddDefault(_days, day, out _).Commits++;
            _hours[weekday, hour].Commits++;
        }
    }

    /// <summary>The days in order, and the costs at which a level ends.</summary>
    public (IReadOnlyList<long> Steps, IReadOnlyList<GetInsights.Day> Days) Days()
    {
        long[] costs = [.. _days.Values.Select(d => d.Cost).Where(cost => cost > 0).Order()];
        long[] steps = costs.Length == 0 ? [] : [.. Enumerable.Range(1, Levels - 1).Select(i => costs[Math.Min(costs.Length - 1, i * costs.Length / Levels)])];
        return (steps, [
            .. _days.Where(d => d.Value.Responses > 0 || d.Value.Commits > 0).OrderBy(d => d.Key)
                .Select(d => new GetInsights.Day(d.Key, d.Value.Cost, d.Value.Responses, d.Value.Commits, d.Value.Cost <= 0 ? 0 : 1 + steps.Count(s => d.Value.Cost >= s))),
        ]);
    }

    public IReadOnlyList<GetInsights.Hour> Hours() =>
    [
        .. from weekday in Enumerable.Range(0, 7)
           from hour in Enumerable.Range(0, 24)
           let of = _hours[weekday, hour]
           where of.Responses > 0 || of.Errors > 0 || of.Commits > 0
           select new GetInsights.Hour(weekday, hour, of.Responses, of.Errors, of.Commits),
    ];

    private (DateOnly Day, int Weekday, int Hour) At(long atMs)
    {
        var local = ZoneDays.Instant(atMs).DateTime + Offset(ZoneDays.Instant(atMs).ToUnixTimeMilliseconds());
        return (DateOnly.FromDateTime(local), ((int)local.DayOfWeek + 6) % 7, local.Hour);
    }

    /// <summary>Asking the zone costs more than all else: a day at whose ends clocks stand the same is asked for once.</summary>
    private TimeSpan Offset(long atMs)
    {
        var day = atMs / DayMs;
        if (day != _knownDay)
        {
            var (first, last) = (zone.GetUtcOffset(ZoneDays.Instant(day * DayMs)), zone.GetUtcOffset(ZoneDays.Instant(((day + 1) * DayMs) - 1)));
            if (first != last)
            {
                return zone.GetUtcOffset(ZoneDays.Instant(atMs));
            }

            (_knownDay, _knownOffset) = (day, first);
        }

        return _knownOffset;
    }
}
