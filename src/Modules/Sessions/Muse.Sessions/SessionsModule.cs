using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Modules;
using Muse.Sessions.Archive;
using Muse.Sessions.Curation;
using Muse.Sessions.Ingest;
using Muse.Sessions.Live;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;
using Muse.Sessions.Search;
using Muse.Sessions.Understanding;
using Quartz;

namespace Muse.Sessions;

/// <summary>What was said and done: transcripts, items, and everything read from them.</summary>
public static class SessionsModule
{
    /// <summary>Adds the module to the house.</summary>
    public static IServiceCollection AddSessionsModule(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddModule<SessionsDbContext>("sessions", projectionVersion: 1);
        services.AddOptions<SessionsOptions>().BindConfiguration("Muse:Sessions").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => Environment(provider.GetRequiredService<IOptions<SessionsOptions>>().Value));
        services.AddSingleton<ITranscriptFormat, Reading.Claude.ClaudeFormat>();
        services.AddSingleton<ITranscriptFormat, Reading.Codex.CodexFormat>();
        services.AddSingleton<ITranscriptFormat, Reading.Gemini.GeminiFormat>();
        services.AddReading();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, SessionsJson.Default));
        services.AddSingleton<IFactSource, TranscriptFacts>();
        services.AddSingleton<IngestEngine>();
        services.AddSingleton<IIngestStatus>(provider => provider.GetRequiredService<IngestEngine>());
        services.AddHostedService(provider => provider.GetRequiredService<IngestEngine>());
        services.AddSearch();
        services.AddArchive();
        services.AddSingleton<CurationStore>();
        services.AddSingleton<NotePlaces>();
        services.AddHostedService<ReadStart>();
        services.AddSingleton<DigestStore>();
        services.AddSingleton<DigestMaker>();
        services.AddSingleton<DigestWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<DigestWorker>());

        var seconds = configuration.GetValue("Muse:Sessions:SweepSeconds", new SessionsOptions().SweepSeconds);
        if (configuration.GetValue("Muse:Sessions:Follow", defaultValue: true))
        {
            services.AddQuartz(quartz => quartz.ScheduleJob<SweepJob>(trigger => trigger
                .WithIdentity("sweep", "sessions")
                .WithSimpleSchedule(s => s.WithInterval(TimeSpan.FromSeconds(seconds)).RepeatForever())));
            var every = TimeSpan.FromSeconds(configuration.GetValue("Muse:Sessions:Archive:EverySeconds", new ArchiveOptions().EverySeconds));
            services.AddQuartz(quartz => quartz.ScheduleJob<ArchiveJob>(trigger => trigger
                .WithIdentity("archive", "sessions")
                .WithSimpleSchedule(s => s.WithInterval(every).RepeatForever())));
        }

        return services;
    }

    private static AgentEnvironment Environment(SessionsOptions options)
    {
        var home = options.Home.Length > 0 ? options.Home : System.Environment.GetEnvironmentVariable("HOME") ?? "/";
        return new AgentEnvironment(
            home,
            // With a home of its own (demo, tests) the variables of the person who started it must not leak in.
            options.Home.Length > 0 ? _ => null : System.Environment.GetEnvironmentVariable,
            options.Roots.ToDictionary(r => r.Key, r => (IReadOnlyList<string>)r.Value, StringComparer.Ordinal));
    }
}
