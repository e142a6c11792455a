using System.Net.Sockets;

namespace Muse.EndToEnd.Proxy;

/// <summary>The container engine of this machine, if there is one.</summary>
internal static class Engine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>CI has an engine, so there its absence is a failure.</summary>
    public static bool IsRequired => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null if it answers, else why it cannot be used.</summary>
    public static async Task<string?> WhyNotAsync()
    {
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } named ? named : "unix:///var/run/docker.sock";
        if (!Uri.TryCreate(host, UriKind.Absolute, out var address))
        {
            return $"DOCKER_HOST is no address: {host}";
        }

        using var handler = new SocketsHttpHandler { UseProxy = false };
        if (address.Scheme == "unix")
        {
            handler.ConnectCallback = async (_, ct) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(address.AbsolutePath), ct);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }

        using var client = new HttpClient(handler) { Timeout = Patience };
        var ping = new Uri(address.Scheme == "unix" ? "http://localhost/_ping" : $"http://{address.Authority}/_ping");
        try
        {
            using var response = await client.GetAsync(ping);
            return response.IsSuccessStatusCode ? null : $"The container engine at {host} answers {(int)response.StatusCode}.";
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return $"No container engine answers at {host}.";
        }
    }
}
