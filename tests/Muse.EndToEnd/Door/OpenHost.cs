using Muse.EndToEnd.Cli;

namespace Muse.EndToEnd.Door;

/// <summary>One running Muse for the tests of a class.</summary>
public class OpenHost : IAsyncLifetime
{
    private readonly MuseFolders _folders = new();
    private MuseProcess? _process;
    private HttpClient? _client;

    public int Port => Client.BaseAddress!.Port;

    protected virtual string[] Settings => [];

    private HttpClient Client => _client ?? throw new InvalidOperationException("The host has not started.");

    public async ValueTask InitializeAsync() =>
        (_process, _client) = await MuseProcess.ServeAsync(_folders, ["up", "--port", "0", .. Settings]);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _client?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folders.Dispose();
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }
}

/// <summary>A Muse that trusts a proxy on its own machine.</summary>
public sealed class HostBehindProxy : OpenHost
{
    protected override string[] Settings => ["--Muse:Door:TrustedProxies=127.0.0.1", "--Muse:Door:PublicHost=muse.example.org"];
}
