using System.Text.Json;
using Muse.Testing;

namespace Muse.Sessions.Tests.Features.SearchItems;

/// <summary>What a look through the bytes sent, read to its end.</summary>
internal sealed record ScanEvents(IReadOnlyList<(string Type, JsonElement Data)> All)
{
    public JsonElement Done => All[^1].Type == "done" ? All[^1].Data : throw new InvalidOperationException($"It ended with {All[^1].Type}.");

    public string? Reason => Done.GetProperty("reason").GetString();

    public IEnumerable<JsonElement> Groups => All.Where(e => e.Type == "hits").Select(e => e.Data);

    /// <summary>Session and item of each hit, in the order in which they came.</summary>
    public List<(string Session, string Item)> Hits => [.. Groups.SelectMany(g => g.GetProperty("hits").EnumerateArray()
        .Select(h => (g.GetProperty("session").GetProperty("id").GetString()!, h.GetProperty("id").GetString()!)))];

    public List<JsonElement> Progress => [.. All.Where(e => e.Type == "progress").Select(e => e.Data)];

    public static async Task<ScanEvents> OfAsync(MuseHost host, string mode, string q, string more = "")
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var text = await host.Client.GetStringAsync(new Uri($"/api/search?mode={mode}&q={Uri.EscapeDataString(q)}{more}", UriKind.Relative), deadline.Token);
        return new ScanEvents([.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split('\n'))
            .Select(e => (e[0]["event: ".Length..], JsonElement.Parse(e[^1]["data: ".Length..])))]);
    }
}
