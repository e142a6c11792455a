using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Muse.Board;
using Muse.Host.Instance;
using Muse.Host.Settings;
using Muse.Host.Web;

namespace Muse.Host.Cli;

/// <summary>What each verb does.</summary>
internal sealed class Verbs(Func<HostSettings, string[], WebApplication> compose)
{
    private readonly TimeProvider _time = TimeProvider.System;

    public Task<int> UpAsync(string[] args, bool open, CancellationToken ct) =>
        WithSettingsAsync(args, settings => new Server(compose, _time).RunAsync(settings, args, open, ct));

    public Task<int> StopAsync(string[] args, CancellationToken ct) => WithSettingsAsync(args, async settings =>
    {
        var outcome = await new Stopping(_time).StopAsync(settings, ct);
        await Console.Out.WriteLineAsync(outcome.Message);
        return outcome.ExitCode;
    });

    public Task<int> RestartAsync(string[] args, bool open, CancellationToken ct) => WithSettingsAsync(args, async settings =>
    {
        var outcome = await new Stopping(_time).StopAsync(settings, ct);
        if (outcome.ExitCode != 0)
        {
            await Console.Error.WriteLineAsync(outcome.Message);
            return outcome.ExitCode;
        }

        if (outcome.Stopped)
        {
            await Console.Out.WriteLineAsync(outcome.Message);
        }

        return await new Server(compose, _time).RunAsync(settings, args, open, ct);
    });

    public Task<int> StatusAsync(string[] args, bool json, CancellationToken ct) =>
        WithSettingsAsync(args, settings => new Status(_time).PrintAsync(settings, json, ct));

    public Task<int> DoctorAsync(string[] args, bool json, CancellationToken ct) =>
        WithSettingsAsync(args, settings => new Doctor(compose, _time).PrintAsync(settings, args, json, ct));

    public Task<int> ArchiveStatsAsync(string[] args, bool json, CancellationToken ct) =>
        WithSettingsAsync(args, settings => new ArchiveVerb(compose, _time).StatsAsync(settings, args, json, ct));

    public Task<int> VerifyArchiveAsync(string[] args, bool json, CancellationToken ct) =>
        WithSettingsAsync(args, settings => new ArchiveVerb(compose, _time).VerifyAsync(settings, args, json, ct));

    public Task<int> ExportArchiveAsync(string[] args, string folder, CancellationToken ct) =>
        WithSettingsAsync(args, settings => new ArchiveVerb(compose, _time).ExportAsync(settings, args, folder, ct));

    public Task<int> ExportAsync(string[] args, ExportRequest request, CancellationToken ct) =>
        WithSettingsAsync(args, settings => new ExportVerb(compose, _time).WriteAsync(settings, args, request, ct));

    public static Task<int> ExplainAsync(string[] args, ScreenRequest request, bool json, CancellationToken ct) =>
        WithSettingsAsync(args, settings => Explain.PrintAsync(settings, request, json, ct));

    public Task<int> DemoAsync(string[] args, bool open, CancellationToken ct) =>
        WithSettingsAsync(args, settings => new DemoRun(compose, _time).RunAsync(settings, args, open, ct));

    public Task<int> ChangeHooksAsync(string[] args, bool install, bool dryRun) => WithSettingsAsync(args, settings =>
    {
        // The one that runs may listen elsewhere than the settings say.
        var address = RunningInstance.Find(settings.Home)?.Address ?? $"http://127.0.0.1:{(settings.Port == 0 ? HostSettings.DefaultPort : settings.Port)}";
        return BoardModule.ChangeHooksAsync(install, dryRun, address, settings.Configuration, _time, Console.Out);
    });

    public Task<int> WriteApiDocumentAsync(string[] args, string path, CancellationToken ct) => WithSettingsAsync(args, async settings =>
    {
        await using var app = compose(settings, args);
        var provider = app.Services.GetRequiredKeyedService<Microsoft.AspNetCore.OpenApi.IOpenApiDocumentProvider>(ApiDocument.Name);
        var document = await provider.GetOpenApiDocumentAsync(ct);
        await using var file = File.Create(path);
        await document.SerializeAsJsonAsync(file, OpenApiSpecVersion.OpenApi3_1, ct);
        return 0;
    });

    private static async Task<int> WithSettingsAsync(string[] args, Func<HostSettings, Task<int>> run)
    {
        try
        {
            return await run(SettingsReader.Read(args));
        }
        catch (SettingsException exception)
        {
            return await RefuseAsync(exception.Messages);
        }
        catch (OptionsValidationException exception)
        {
            return await RefuseAsync(exception.Failures);
        }
    }

    private static async Task<int> RefuseAsync(IEnumerable<string> messages)
    {
        await Console.Error.WriteLineAsync("Muse cannot start with these settings:");
        foreach (var message in messages)
        {
            await Console.Error.WriteLineAsync($"  {message}");
        }

        return 1;
    }
}
