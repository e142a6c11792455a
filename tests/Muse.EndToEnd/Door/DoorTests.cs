using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Muse.EndToEnd.Cli;

namespace Muse.EndToEnd.Door;

/// <summary>The door of the real program, knocked at over a real socket.</summary>
public sealed class DoorTests(OpenHost host) : IClassFixture<OpenHost>
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost:1")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("foo.localhost")]
    [InlineData("localhost")]
    public async Task A_foreign_host_name_is_refused(string name)
    {
        using var response = await host.SendAsync(HttpMethod.Get, "/api/sessions", ("Host", name));

        await AssertRefusedAsync(response, "host-not-allowed");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("127.0.0.1")]
    public async Task The_machines_own_names_are_let_in(string name)
    {
        using var response = await host.SendAsync(HttpMethod.Get, "/healthz", ("Host", $"{name}:{host.Port}"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("Forwarded", "for=10.0.0.1")]
    [InlineData("X-Forwarded-For", "10.0.0.1")]
    [InlineData("X-Forwarded-Host", "muse.example.org")]
    [InlineData("X-Forwarded-Anything", "1")]
    [InlineData("X-Real-IP", "10.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    public async Task A_forwarded_request_is_refused_until_a_proxy_is_trusted(string header, string value)
    {
        using var response = await host.SendAsync(HttpMethod.Get, "/", (header, value));

        await AssertRefusedAsync(response, "forwarded-request");
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task Another_sites_page_reads_nothing(string site)
    {
        using var response = await host.SendAsync(HttpMethod.Get, "/api/sessions", ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "no-cors"));

        await AssertRefusedAsync(response, "cross-site");
    }

    [Fact]
    public async Task A_link_from_another_site_opens_a_page_but_no_data()
    {
        (string, string)[] link = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];

        using var page = await host.SendAsync(HttpMethod.Get, "/sessions/abc", link);
        using var framed = await host.SendAsync(HttpMethod.Get, "/", link[0], link[1], ("Sec-Fetch-Dest", "iframe"));
        using var data = await host.SendAsync(HttpMethod.Get, "/api/sessions", link);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        await AssertRefusedAsync(framed, "cross-site");
        await AssertRefusedAsync(data, "cross-site");
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost:3000")]
    [InlineData("null")]
    public async Task A_foreign_origin_is_refused_whatever_it_asks(string origin)
    {
        using var write = await host.SendAsync(HttpMethod.Post, "/api/sessions", ("Origin", origin));
        using var read = await host.SendAsync(HttpMethod.Get, "/api/sessions", ("Origin", origin));
        using var preflight = await host.SendAsync(HttpMethod.Options, "/api/sessions", ("Origin", origin), ("Access-Control-Request-Method", "POST"));

        await AssertRefusedAsync(write, "origin-not-allowed");
        await AssertRefusedAsync(read, "origin-not-allowed");
        await AssertRefusedAsync(preflight, "origin-not-allowed");
        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Its_own_page_gets_as_far_as_the_endpoint()
    {
        using var response = await host.SendAsync(
            HttpMethod.Post, "/api/sessions", ("Origin", $"http://127.0.0.1:{host.Port}"), ("Sec-Fetch-Site", "same-origin"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("method-not-allowed", (await response.ReadJsonAsync()).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/api/nothing")]
    [InlineData("/")]
    public async Task Every_answer_carries_the_strict_headers(string path)
    {
        using var response = await host.SendAsync(HttpMethod.Get, path);

        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(response, "X-Frame-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Resource-Policy"));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/mcp")]
    [InlineData("/assets/missing.js")]
    [InlineData("/openapi/v9.json")]
    public async Task What_is_not_there_is_a_problem_never_the_page(string path)
    {
        using var response = await host.SendAsync(HttpMethod.Get, path, ("Accept", "text/html"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Site", "none"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("not-found", (await response.ReadJsonAsync()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_unknown_address_is_a_404_also_to_a_write()
    {
        using var response = await host.SendAsync(HttpMethod.Post, "/api/nothing", ("Content-Type", "application/json"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("not-found", (await response.ReadJsonAsync()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_API_page_loads_its_parts_from_here()
    {
        using var page = await host.SendAsync(HttpMethod.Get, "/docs/");
        using var document = await host.SendAsync(HttpMethod.Get, "/openapi/v1.json");

        var text = await page.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain("https://", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, document.StatusCode);
    }

    [Fact]
    public async Task Nothing_listens_beyond_loopback()
    {
        var own = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
        Assert.SkipWhen(own is null, "This machine has no address besides loopback.");
        using var socket = new TcpClient();

        await Assert.ThrowsAnyAsync<SocketException>(() => socket.ConnectAsync(own!, host.Port));
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));

    private static async Task AssertRefusedAsync(HttpResponseMessage response, string code)
    {
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.ReadJsonAsync();
        Assert.Equal($"urn:muse:problem:{code}", problem.GetProperty("type").GetString());
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }
}
