using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Muse.Testing;

namespace Muse.Sessions.Tests.Archive;

/// <summary>Everything that Muse answers about all sessions, by address.</summary>
internal static partial class Answers
{
    public static async Task<SortedDictionary<string, string>> OfAsync(MuseHost host)
    {
        var answers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var sessions = new List<string>();
        string? cursor = null;
        do
        {
            var page = JsonElement.Parse(await GetAsync(host, $"/api/sessions?limit=50&sort=title{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", answers));
            sessions.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        foreach (var id in sessions)
        {
            await OfSessionAsync(host, id, answers);
        }

        foreach (var search in new[]
        {
            $"q={KeptHome.Needle}&limit=100", "q=straw&limit=100", $"q={KeptHome.Needle}&mode=substring", "q=count%20%5B0-9%5D%2B&mode=regex", "q=%E9%87%9D&mode=substring",
        })
        {
            await GetAsync(host, $"/api/search?{search}", answers);
        }

        foreach (var total in new[] { "/api/stats?from=1970-01-01&by=agent", "/api/stats?from=1970-01-01&by=model", "/api/drift" })
        {
            await GetAsync(host, total, answers);
        }

        return answers;
    }

    private static async Task OfSessionAsync(MuseHost host, string id, SortedDictionary<string, string> answers)
    {
        var session = $"/api/sessions/{Uri.EscapeDataString(id)}";
        foreach (var part in new[] { "/agents", "/files", "/usage", "/export?format=json", "/export/secrets" })
        {
            await GetAsync(host, session + part, answers);
        }

        var agents = JsonElement.Parse(answers[$"{session}/agents"]).EnumerateArray().Select(a => a.GetProperty("agentId").GetString());
        foreach (var agent in agents.Prepend(null))
        {
            var of = agent is null ? "" : $"agent={Uri.EscapeDataString(agent)}";
            foreach (var part in new[] { "", "?limit=5&anchor=head", "?limit=5&anchor=tail", "/outline", $"/find?q={KeptHome.Needle}", "/find?q=the" })
            {
                await GetAsync(host, $"{session}{part}{(of.Length == 0 ? "" : part.Contains('?', StringComparison.Ordinal) ? "&" : "?")}{of}", answers);
            }

            var thread = JsonElement.Parse(answers[$"{session}{(of.Length == 0 ? "" : "?")}{of}"]);
            foreach (var item in thread.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()).Take(12))
            {
                foreach (var part in new[] { "", "/raw", "/raw?part=result", "/images/0" })
                {
                    await GetAsync(host, $"{session}/items/{item}{part}{(of.Length == 0 ? "" : part.Contains('?', StringComparison.Ordinal) ? "&" : "?")}{of}", answers);
                }
            }
        }
    }

    /// <summary>What tells how large the index is, how far a look is by now or was ahead when it had found enough, and which request it was.</summary>
    [GeneratedRegex("event: progress\n(.+\n)*\n|(?<=\"reason\":\"hits\",.*)\"bytesDone\":\\d+|\"traceId\":\"[^\"]*\"|\"sizeBytes\":\\d+(?=}})|\"exportedAtMs\":\\d+,")]
    private static partial Regex Incidental();

    /// <summary>The status and the body, with the one word in it that tells where the bytes are taken out.</summary>
    private static async Task<string> GetAsync(MuseHost host, string address, SortedDictionary<string, string> answers)
    {
        using var response = await host.Client.GetAsync(new Uri(address, UriKind.Relative));
        var body = Encoding.Latin1.GetString(await response.Content.ReadAsByteArrayAsync());
        body = Incidental().Replace(body, "");
        answers[address] = ((int)response.StatusCode == 200 ? "" : ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture) + " ")
            + body.Replace("\"state\":\"quiet\"", "\"state\":\"kept\"", StringComparison.Ordinal);
        return body;
    }
}
