using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Muse.Host.Instance;
using Muse.Host.Settings;
using Muse.Host.Web;

namespace Muse.Host.Cli;

/// <summary>Runs the host in the foreground: takes the data folder and the port, or says who has them.</summary>
internal sealed class Server(Func<HostSettings, string[], WebApplication> compose, TimeProvider time)
{
    private const int HeldByAnother = 2;

    public async Task<int> RunAsync(HostSettings settings, string[] args, bool open, CancellationToken ct)
    {
        using var home = await TakeHomeAsync(settings.Home, ct);
        if (home is null)
        {
            var other = RunningInstance.Find(settings.Home);
            await Console.Error.WriteLineAsync(other is null
                ? $"Another process holds {settings.Home}. End it, or give this one its own folder with MUSE_HOME."
                : $"Muse already runs at {other.Address} (pid {other.Pid}). Open that, or run ./muse restart.");
            return HeldByAnother;
        }

        if (IsTaken(settings))
        {
            return await TellHolderAsync(settings.Port);
        }

        await using var app = compose(settings, args);
        try
        {
            await DatabaseStart.MigrateAsync(app, settings.DatabasePath, time, ct);
            await app.StartAsync(ct);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return await TellHolderAsync(settings.Port);
        }

        return await ServeAsync(app, settings, open, ct);
    }

    private async Task<int> ServeAsync(WebApplication app, HostSettings settings, bool open, CancellationToken ct)
    {
        var address = AddressOf(app.Services);
        // Nobody has to find the in-memory server of tests.
        var instance = address is null
            ? null
            : new RunningInstance(
                Environment.ProcessId,
                address.Port,
                address.GetLeftPart(UriPartial.Authority),
                time.GetUtcNow().ToUnixTimeMilliseconds(),
                ProcessTable.StartOf(Environment.ProcessId) ?? 0,
                RuntimeEndpoints.Version);
        if (instance is not null)
        {
            instance.Write(settings.Home);
            await Console.Out.WriteLineAsync($"Muse {RuntimeEndpoints.Version} is at {instance.Address}  (data in {settings.Home}; Ctrl+C ends it)");
            if (settings.Door.TrustedProxies.Count > 0)
            {
                await Console.Out.WriteLineAsync("  Requests of the proxies in Muse:Door:TrustedProxies are let in without a login: the proxy must ask for one.");
            }

            if (open)
            {
                await OpenBrowserAsync(instance.Address);
            }
        }

        await app.WaitForShutdownAsync(ct);
        instance?.Remove(settings.Home);
        return HasFailed(app) ? 1 : 0;
    }

    /// <summary>A background service that threw has ended the host; the log has said why, the exit code must too.</summary>
    private static bool HasFailed(WebApplication app) =>
        app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(s => s.ExecuteTask is { IsFaulted: true });

    /// <summary>Where the host listens; null for the in-memory server of tests.</summary>
    public static Uri? AddressOf(IServiceProvider services) =>
        services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses
            .Select(a => new Uri(a)).FirstOrDefault(a => a.Port > 0 && a.Scheme == "http" && a.Host != "localhost");

    /// <summary>Waits a little: a host that has just been told to end still holds the folder for a moment.</summary>
    private async Task<HomeFolder?> TakeHomeAsync(string home, CancellationToken ct)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            if (HomeFolder.TryTake(home) is { } taken)
            {
                return taken;
            }

            if (RunningInstance.Find(home) is not null)
            {
                return null;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, ct);
        }

        return null;
    }

    private static bool IsTaken(HostSettings settings)
    {
        foreach (var address in settings.Port == 0 ? [] : HostBuilding.Addresses(settings))
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
                socket.Bind(new IPEndPoint(address, settings.Port));
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<int> TellHolderAsync(int port)
    {
        await Console.Error.WriteLineAsync(PortMessages.Taken(port, ProcessTable.HolderOf(port)));
        return HeldByAnother;
    }

    private static async Task OpenBrowserAsync(string address)
    {
        try
        {
            using var opener = Process.Start(new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open") { ArgumentList = { address } });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            await Console.Out.WriteLineAsync("No browser could be opened from here; open the address yourself.");
        }
    }
}
