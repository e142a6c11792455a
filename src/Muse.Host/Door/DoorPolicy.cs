using System.Net;
using Muse.Host.Settings;

namespace Muse.Host.Door;

/// <summary>Why a request is turned away.</summary>
/// <param name="Code">Stable word for clients.</param>
/// <param name="Detail">What happened and what to do.</param>
internal sealed record Refusal(string Code, string Detail);

/// <summary>
/// Decides who gets in. The danger is not a stranger on the network, who cannot reach loopback, but a page in the
/// owner's own browser: it can send requests here (cross-site), and by DNS rebinding it can make them look same-site.
/// </summary>
internal sealed class DoorPolicy(DoorSettings settings)
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Real-IP", "Via"];

    /// <summary>Null if the request may come in.</summary>
    public Refusal? Examine(HttpContext context)
    {
        var trusted = IsTrusted(context.Connection.RemoteIpAddress);
        return ExamineSender(context, trusted) ?? ExamineHost(context, trusted) ?? ExamineOrigin(context.Request, trusted);
    }

    private static Refusal? ExamineSender(HttpContext context, bool trusted)
    {
        if (trusted)
        {
            return null;
        }

        var forwarded = context.Request.Headers.Keys.FirstOrDefault(IsProxyHeader);
        if (forwarded is not null)
        {
            return new Refusal(
                "forwarded-request",
                $"The request came through a proxy (header {forwarded}). Remote access comes later; until then open Muse on its own "
                + "machine, or name a proxy that does the login in Muse:Door:TrustedProxies.");
        }

        // Null is the in-memory server of tests.
        var sender = context.Connection.RemoteIpAddress;
        return sender is null || IPAddress.IsLoopback(sender)
            ? null
            : new Refusal("sender-not-allowed", "Muse answers its own machine and the proxies named in Muse:Door:TrustedProxies only.");
    }

    private Refusal? ExamineHost(HttpContext context, bool trusted)
    {
        var host = context.Request.Host;
        return IsOurName(host, context.Connection.LocalPort, trusted)
            ? null
            : new Refusal(
                "host-not-allowed",
                $"The request asks for the host '{host}', which is not a name of this server. Open it by its own address: "
                + $"http://127.0.0.1:{context.Connection.LocalPort}.");
    }

    private Refusal? ExamineOrigin(HttpRequest request, bool trusted)
    {
        var origin = request.Headers.Origin;
        if (origin.Count > 0 && !IsOurOrigin(origin.ToString(), request, trusted))
        {
            return new Refusal("origin-not-allowed", $"The request was sent by a page of '{origin}'. Only Muse's own pages may use this server.");
        }

        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count == 0 || site.ToString() is "same-origin" or "none" || IsLink(request))
        {
            return null;
        }

        return new Refusal("cross-site", $"The request was sent by another site's page (Sec-Fetch-Site {site}). Open the address in a tab of its own.");
    }

    /// <summary>A link that a person followed to one of our pages; what it answers cannot be read by the page it stood on.</summary>
    private static bool IsLink(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers["Sec-Fetch-Mode"] == "navigate"
        && request.Headers["Sec-Fetch-Dest"] == "document"
        && !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/mcp", StringComparison.OrdinalIgnoreCase);

    private bool IsOurOrigin(string origin, HttpRequest request, bool trusted)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || !(uri.Scheme == "http" || (trusted && uri.Scheme == "https")))
        {
            return false;
        }

        return Same(uri.Authority, request.Host.Value)
            || (trusted && (Same(uri.Authority, settings.PublicHost)
                || (Same(uri.Authority, request.Headers["X-Forwarded-Host"]) && IsOurName(new HostString(uri.Authority), 0, trusted))));
    }

    private bool IsOurName(HostString host, int port, bool trusted)
    {
        if (trusted && Same(host.Value, settings.PublicHost))
        {
            return true;
        }

        if (host.Host is not ("127.0.0.1" or "[::1]") && !Same(host.Host, "localhost"))
        {
            return false;
        }

        // A proxy asks under its own port; port 0 is the in-memory server of tests.
        return trusted || port == 0 || (host.Port ?? 80) == port;
    }

    private bool IsTrusted(IPAddress? sender)
    {
        if (sender is null || settings.TrustedProxies.Count == 0)
        {
            return false;
        }

        var plain = sender.IsIPv4MappedToIPv6 ? sender.MapToIPv4() : sender;
        return settings.TrustedProxies.Any(proxy => proxy.Equals(plain));
    }

    private static bool IsProxyHeader(string name) =>
        name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase) || ProxyHeaders.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool Same(string? one, string? other) => one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
