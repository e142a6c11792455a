using System.Text.Json;

namespace Muse.Testing;

/// <summary>One server-sent event.</summary>
public sealed record ServerEvent(string Type, string Id, JsonElement Data);

/// <summary>Reads an event stream as a browser would.</summary>
public sealed class EventReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, StreamReader lines) => (_response, _lines) = (response, lines);

    public HttpResponseMessage Response => _response;

    public static async Task<EventReader> OpenAsync(HttpClient client, string address, string? lastEventId = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event; fails if none comes.</summary>
    public async Task<ServerEvent> NextAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        string type = "", id = "", data = "";
        while (await _lines.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.Length == 0)
            {
                return new ServerEvent(type, id, JsonElement.Parse(data));
            }

            var value = line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..];
            (type, id, data) = line[0] switch
            {
                'e' => (value, id, data),
                'i' => (type, value, data),
                _ => (type, id, value),
            };
        }

        throw new InvalidOperationException("The stream ended.");
    }

    /// <summary>The next event of a type; others are passed over.</summary>
    public async Task<ServerEvent> NextAsync(string type)
    {
        while (true)
        {
            var next = await NextAsync();
            if (next.Type == type)
            {
                return next;
            }
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }
}
