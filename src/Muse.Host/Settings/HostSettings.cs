using System.Net;

namespace Muse.Host.Settings;

/// <summary>What the host needs to know before it can build itself. Read once, validated with every message at once.</summary>
internal sealed record HostSettings
{
    public const int DefaultPort = 6873;

    /// <summary>The data folder, <c>MUSE_HOME</c>.</summary>
    public required string Home { get; init; }

    /// <summary>0 means any free port.</summary>
    public required int Port { get; init; }

    /// <summary>Reserved: the address under which remote access will be offered. Nothing listens there today.</summary>
    public Uri? PublicUrl { get; init; }

    public required DoorSettings Door { get; init; }

    public required IConfigurationRoot Configuration { get; init; }

    public string DatabasePath => Path.Combine(Home, "muse.db");
}

/// <summary>Who may knock. Remote access with a login comes later; until then this is for a proxy that does the login.</summary>
internal sealed record DoorSettings
{
    /// <summary>Addresses whose forwarding headers are believed. Empty: no forwarded request is let in.</summary>
    public IReadOnlyList<IPAddress> TrustedProxies { get; init; } = [];

    /// <summary>The name under which a trusted proxy asks, with its port if that is not the scheme's own.</summary>
    public string? PublicHost { get; init; }

    /// <summary>An address to listen on instead of loopback; needs <see cref="TrustedProxies"/>.</summary>
    public IPAddress? Bind { get; init; }
}

/// <summary>Settings that cannot be used, each with its key and the way to mend it.</summary>
internal sealed class SettingsException(IReadOnlyList<string> messages) : Exception(string.Join(Environment.NewLine, messages))
{
    public IReadOnlyList<string> Messages { get; } = messages;
}
