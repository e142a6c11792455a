using System.Globalization;
using System.Net;

namespace Muse.Host.Settings;

/// <summary>Settings: the command line over the environment over <c>config.json</c> over defaults.</summary>
internal static class SettingsReader
{
    private static readonly (string Variable, string Key)[] Variables =
    [
        ("MUSE_HOME", "Muse:Home"),
        ("MUSE_PORT", "Muse:Port"),
        ("MUSE_PUBLIC_URL", "Muse:PublicUrl"),
    ];

    /// <param name="args">Further settings as <c>--Muse:Port=6873</c>; they win.</param>
    /// <exception cref="SettingsException">Something cannot be used.</exception>
    public static HostSettings Read(string[] args)
    {
        var errors = new List<string>();
        var home = HomeOf(Above(new ConfigurationBuilder(), args).Build());
        var configuration = Above(
            new ConfigurationBuilder().AddInMemoryCollection(ConfigFile.Read(Path.Combine(home, "config.json"), errors)), args).Build();
        var settings = new HostSettings
        {
            Home = home,
            Port = Port(configuration, errors),
            PublicUrl = PublicUrl(configuration, errors),
            Door = Door(configuration, errors),
            Configuration = configuration,
        };
        return errors.Count == 0 ? settings : throw new SettingsException(errors);
    }

    private static IConfigurationBuilder Above(IConfigurationBuilder builder, string[] args) => builder
        .AddInMemoryCollection(Variables
            .Select(v => KeyValuePair.Create(v.Key, Environment.GetEnvironmentVariable(v.Variable)))
            .Where(v => !string.IsNullOrEmpty(v.Value)))
        .AddEnvironmentVariables()
        .AddCommandLine(args);

    private static string HomeOf(IConfiguration configuration)
    {
        var home = configuration["Muse:Home"];
        return Path.GetFullPath(string.IsNullOrEmpty(home)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".muse")
            : home);
    }

    private static int Port(IConfiguration configuration, List<string> errors)
    {
        var text = configuration["Muse:Port"];
        if (string.IsNullOrEmpty(text))
        {
            return HostSettings.DefaultPort;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort)
        {
            return port;
        }

        errors.Add($"Muse:Port (--port, MUSE_PORT, \"port\" in config.json) is '{text}'. Give a number from 1 to 65535, or 0 for any free port.");
        return HostSettings.DefaultPort;
    }

    private static Uri? PublicUrl(IConfiguration configuration, List<string> errors)
    {
        var text = configuration["Muse:PublicUrl"];
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.PathAndQuery == "/")
        {
            return url;
        }

        errors.Add($"Muse:PublicUrl (MUSE_PUBLIC_URL, \"publicUrl\" in config.json) is '{text}'. Give an address such as https://muse.example.org, without a path.");
        return null;
    }

    private static DoorSettings Door(IConfiguration configuration, List<string> errors)
    {
        var proxies = Addresses(configuration, errors);
        var publicHost = configuration["Muse:Door:PublicHost"];
        if (!string.IsNullOrEmpty(publicHost) && (publicHost.Contains('/', StringComparison.Ordinal) || proxies.Count == 0))
        {
            errors.Add(publicHost.Contains('/', StringComparison.Ordinal)
                ? $"Muse:Door:PublicHost is '{publicHost}'. Give a name with an optional port, such as muse.example.org, without scheme and path."
                : "Muse:Door:PublicHost is set without Muse:Door:TrustedProxies. Name the proxy's address there, or remove PublicHost.");
        }

        return new DoorSettings
        {
            TrustedProxies = proxies,
            PublicHost = string.IsNullOrEmpty(publicHost) ? null : publicHost,
            Bind = Bind(configuration["Muse:Door:Bind"], proxies, errors),
        };
    }

    private static List<IPAddress> Addresses(IConfiguration configuration, List<string> errors)
    {
        var section = configuration.GetSection("Muse:Door:TrustedProxies");
        var texts = section.GetChildren().Select(c => c.Value ?? "")
            .Concat((section.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        var addresses = new List<IPAddress>();
        foreach (var text in texts)
        {
            if (IPAddress.TryParse(text, out var address))
            {
                addresses.Add(address);
            }
            else
            {
                errors.Add($"Muse:Door:TrustedProxies has '{text}'. Give IP addresses, such as 127.0.0.1.");
            }
        }

        return addresses;
    }

    private static IPAddress? Bind(string? text, List<IPAddress> proxies, List<string> errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!IPAddress.TryParse(text, out var address))
        {
            errors.Add($"Muse:Door:Bind is '{text}'. Give one IP address, or remove it to listen on loopback.");
            return null;
        }

        if (!IPAddress.IsLoopback(address) && proxies.Count == 0)
        {
            errors.Add($"Muse:Door:Bind is '{text}', which others can reach, and Muse has no login yet. "
                + "Remove it, or name the proxy that does the login in Muse:Door:TrustedProxies.");
            return null;
        }

        return address;
    }
}
