using Microsoft.Extensions.Time.Testing;
using Muse.Contracts.Sessions;
using Muse.Insights.Git;
using Muse.Insights.Tests.Git;
using Muse.Testing;
using Microsoft.Extensions.DependencyInjection;
using Slice = Muse.Insights.Features.GetJournal.GetJournal;
using Stats = Muse.Insights.Features.GetStats.GetStats;

namespace Muse.Insights.Tests.Features.GetJournal;

/// <summary>Tells facts of made-up days and asks for their journal.</summary>
public sealed class JournalHost : IAsyncDisposable
{
    /// <summary>UTC; all days that the tests tell of lie before it.</summary>
    public static readonly DateTimeOffset Now = new(2026, 7, 1, 15, 0, 0, TimeSpan.Zero);
    private long _generation;

    public MuseHost Muse { get; } = MuseHost.At(new FakeTimeProvider(Now));

    public static long At(string utc) => DateTimeOffset.Parse($"{utc}Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    public async Task TellAsync(params TranscriptRead[] reads)
    {
        await Muse.RecordedAsync([.. reads.Select(r => r.Generation > 0 ? r : r with { Generation = ++_generation })]);
        await Muse.SettleAsync();
    }

    /// <summary>A response of a session.</summary>
    public static TranscriptRead Response(string session, string utc, string? model = "claude-opus-5") => A.Read(session, 0, A.Usage($"{session} {utc}", At(utc), 1000, model));

    /// <summary>A response with what a person asked before it.</summary>
    public static TranscriptRead Asked(string session, string utc, string text, long ordinal = 0) =>
        Response(session, utc) with { Prompts = [new PromptSeen(ordinal, At(utc), false, text)] };

    internal Task<Slice.Response> GetAsync(string day, string zone = "UTC") =>
        Muse.GetAsync<Slice.Response>($"/api/journal?day={day}&zone={Uri.EscapeDataString(zone)}");

    internal Task<Stats.Response> StatsAsync(string day, string zone) =>
        Muse.GetAsync<Stats.Response>($"/api/stats?from={day}&to={day}&zone={Uri.EscapeDataString(zone)}&by=agent");

    public Task<string> TextAsync(string day, string format, string zone = "UTC") =>
        Muse.Client.GetStringAsync(new Uri($"/api/journal?day={day}&zone={Uri.EscapeDataString(zone)}&format={format}", UriKind.Relative));

    /// <summary>Looks for the commits of what was told.</summary>
    public Task LookAtGitAsync() => Muse.Services.GetRequiredService<GitIndex>().RunAsync(CancellationToken.None);

    public GitSandbox Repository() => new(Muse.Folder);

    public ValueTask DisposeAsync() => Muse.DisposeAsync();
}
