using System.Net;

namespace Muse.EndToEnd.Door;

/// <summary>What a trusted proxy may ask, and what it still may not.</summary>
public sealed class ProxyTests(HostBehindProxy host) : IClassFixture<HostBehindProxy>
{
    [Fact]
    public async Task A_trusted_proxy_may_forward_under_the_public_name()
    {
        using var response = await host.SendAsync(
            HttpMethod.Get, "/healthz", ("Host", "muse.example.org"), ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "https"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Another_name_is_refused_also_from_the_proxy()
    {
        using var response = await host.SendAsync(HttpMethod.Get, "/healthz", ("Host", "evil.example"), ("X-Forwarded-For", "203.0.113.7"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Pages_of_the_public_name_may_write_and_others_may_not()
    {
        using var own = await host.SendAsync(HttpMethod.Post, "/api/sessions", ("Host", "muse.example.org"), ("Origin", "https://muse.example.org"));
        using var foreign = await host.SendAsync(HttpMethod.Post, "/api/sessions", ("Host", "muse.example.org"), ("Origin", "https://example.org"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, own.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
    }
}
