using Muse.Host.Instance;
using Muse.Host.Settings;

namespace Muse.Host.Cli;

/// <summary>The running Muse, or a short-lived one of its own that nobody else is meant to find.</summary>
internal sealed class AnyInstance(Func<HostSettings, string[], WebApplication> compose, TimeProvider time)
{
    /// <param name="ask">Told the address to ask at; returns the exit code.</param>
    public async Task<int> AskAsync(HostSettings settings, string[] args, Func<string, HostSettings, Task<int>> ask, CancellationToken ct)
    {
        if (RunningInstance.Find(settings.Home) is { } running)
        {
            return await ask(running.Address, settings);
        }

        using var home = HomeFolder.TryTake(settings.Home);
        if (home is null)
        {
            await Console.Error.WriteLineAsync($"Another process holds {settings.Home} but does not answer. End it, then ask again.");
            return 2;
        }

        // Any free port, no instance file, no log between the lines.
        string[] quiet = [.. args, "--Muse:Port=0", "--Logging:LogLevel:Default=Error"];
        var own = SettingsReader.Read(quiet);
        await using var app = compose(own, quiet);
        await DatabaseStart.MigrateAsync(app, own.DatabasePath, time, ct);
        await app.StartAsync(ct);
        var code = await ask(Server.AddressOf(app.Services)!.GetLeftPart(UriPartial.Authority), own);
        await app.StopAsync(CancellationToken.None);
        return code;
    }
}
