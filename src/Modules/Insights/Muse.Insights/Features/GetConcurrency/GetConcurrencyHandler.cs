using System.Runtime.InteropServices;
using MediatR;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Insights.Domain;
using Muse.Insights.Persistence;

namespace Muse.Insights.Features.GetConcurrency;

/// <summary>Lays the minutes of all agents over each other, a quarter of an hour after the other.</summary>
internal sealed class GetConcurrencyHandler(MuseDatabase database, TimeProvider clock) : RequestHandler<GetConcurrency.Query, Result<GetConcurrency.Response>>
{
    private const int UsualDays = 30;
    private const long MinuteMs = 60_000;
    private const string Marks = "SELECT quarter, minutes FROM insights_agent_minutes WHERE quarter >= ? AND quarter < ? ORDER BY quarter";

    protected override Result<GetConcurrency.Response> Handle(GetConcurrency.Query request)
    {
        var zone = request.Zone is null ? clock.LocalTimeZone : TimeZoneInfo.FindSystemTimeZoneById(request.Zone);
        var days = new ZoneDays(zone);
        var given = CalendarDay.TryParse(request.From);
        var today = days.DayOf(clock.GetUtcNow());
        var to = CalendarDay.TryParse(request.To) ?? (given > today ? given.Value : today);
        var from = given ?? DateOnly.FromDayNumber(Math.Max(to.DayNumber - UsualDays + 1, DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber));
        var (first, last) = (days.StartMs(from) / Spend.QuarterMs, Math.Min(days.StartMs(to.AddDays(1)), ZoneDays.FutureMs(clock)) / Spend.QuarterMs);
        var (byDay, byHour, total) = (new Dictionary<DateOnly, Sum>(), new Sum[24], default(Sum));
        var (at, agents) = (-1L, new int[AgentMinutes.MinutesOfQuarter]);
        using var reader = database.Read();
        reader.Query(Marks).Bind(first).Bind(last).Each(row =>
        {
            if (row.Number(0) != at)
            {
                Take();
                at = row.Number(0);
            }

            var minutes = row.Int(1);
            for (var minute = 0; minute < agents.Length; minute++)
            {
                agents[minute] += (minutes >> minute) & 1;
            }

            return true;
        });
        Take();
        return new GetConcurrency.Response(
            zone.Id, from, to, total.ToWork(), total.Most > 0 ? total.MostAtMs : null,
            [.. byDay.Select(d => new GetConcurrency.Day(d.Key, d.Value.ToWork()))],
            [.. byHour.Select((sum, hour) => new GetConcurrency.Hour(hour, sum.ToWork())).Where(h => h.Work.Minutes > 0)]);

        // Every zone's days and hours begin with a quarter of an hour.
        void Take()
        {
            if (at < 0)
            {
                return;
            }

            var local = TimeZoneInfo.ConvertTime(ZoneDays.Instant(at * Spend.QuarterMs), zone);
            ref var day = ref CollectionsMarshal.GetValueRefOrAddDefault(byDay, DateOnly.FromDateTime(local.DateTime), out _);
            for (var minute = 0; minute < agents.Length; minute++)
            {
                var atMs = (at * Spend.QuarterMs) + (minute * MinuteMs);
                day.Add(agents[minute], atMs);
                byHour[local.Hour].Add(agents[minute], atMs);
                total.Add(agents[minute], atMs);
            }

            Array.Clear(agents);
        }
    }

    private struct Sum
    {
        private long _agentMinutes;
        private long _minutes;

        public int Most { get; private set; }

        public long MostAtMs { get; private set; }

        public void Add(int agents, long atMs)
        {
            _agentMinutes += agents;
            _minutes += agents > 0 ? 1 : 0;
            if (agents > Most)
            {
                (Most, MostAtMs) = (agents, atMs);
            }
        }

        public readonly GetConcurrency.Work ToWork() => new(_agentMinutes, _minutes, Most, _minutes == 0 ? 0 : Math.Round((double)_agentMinutes / _minutes, 2));
    }
}
