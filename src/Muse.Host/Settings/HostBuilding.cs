using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Json;
using Muse.BuildingBlocks.Web;
using Muse.Host.Web;

namespace Muse.Host.Settings;

/// <summary>The settings applied to a builder: configuration, logging, listener.</summary>
internal static class HostBuilding
{
    public static void UseMuseConfiguration(this WebApplicationBuilder builder, HostSettings settings)
    {
        // No appsettings.json: nothing that lies in some folder may change what Muse listens to.
        foreach (var source in builder.Configuration.Sources.OfType<JsonConfigurationSource>().ToList())
        {
            builder.Configuration.Sources.Remove(source);
        }

        builder.Configuration.AddConfiguration(settings.Configuration);
        // The framework's own switch would strip forwarding headers before the door can see them.
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("FORWARDEDHEADERS_ENABLED", (string?)"false")]);
        builder.Services.AddSingleton(settings);
        // Streams are told to end first (StreamShutdown); this bounds whatever is left.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
    }

    public static void UseMuseLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(options => (options.SingleLine, options.TimestampFormat) = (true, "HH:mm:ss "));
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Quartz", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
    }

    public static void UseMuseListener(this WebApplicationBuilder builder, HostSettings settings)
    {
        var connections = new ConnectionFigures();
        builder.Services.AddSingleton(connections);
        builder.Services.AddSingleton<IRuntimeFigures>(connections);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 8 * 1024 * 1024;
            foreach (var address in Addresses(settings))
            {
                kestrel.Listen(address, settings.Port, listen =>
                {
                    listen.Protocols = HttpProtocols.Http1;
                    listen.Use(connections.CountAsync);
                });
            }
        });
    }

    /// <summary>Where to listen: loopback of both families, as far as the machine has them.</summary>
    public static IReadOnlyList<IPAddress> Addresses(HostSettings settings)
    {
        if (settings.Door.Bind is { } bind)
        {
            return [bind];
        }

        // "Any free port" is drawn per address: two families would get two numbers.
        return settings.Port != 0 && HasLoopbackV6() ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];
    }

    private static bool HasLoopbackV6()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
