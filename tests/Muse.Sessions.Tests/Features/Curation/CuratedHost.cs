using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Persistence;
using Muse.Sessions.Features.ListNotes;
using Muse.Sessions.Ingest;
using Muse.Testing;
using ListPage = Muse.Sessions.Features.ListSessions.ListSessions.Response;

namespace Muse.Sessions.Tests.Features.Curation;

/// <summary>Three sessions, and a person who says things about them.</summary>
public sealed class CuratedHost : IAsyncDisposable
{
    public MuseHost Muse { get; } = new();

    public static string One => A.SessionId("one");

    public static string Two => A.SessionId("two");

    public static string Three => A.SessionId("three");

    public async Task<CuratedHost> WithSessionsAsync()
    {
        var now = Muse.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Write("one", now - 90_000, "Build a Lamp").Prompt("and a switch").Reply("There is one.");
        Write("two", now - 60_000, "Paint the shed");
        Write("three", now - 30_000, "Repair the lamp", "/home/ann/garden");
        await Muse.SettleAsync();
        return this;
    }

    public ClaudeTranscript Write(string session, long atMs, string prompt, string cwd = "/home/ann/shop")
    {
        var transcript = new ClaudeTranscript(Muse.Home, session, cwd, null) { AtMs = atMs };
        return transcript.Prompt(prompt).Reply("Done.");
    }

    public async Task<HttpStatusCode> PutAsync(string address, object? body = null)
    {
        using var response = await Muse.Client.PutAsJsonAsync(address, body ?? new { });
        return response.StatusCode;
    }

    public async Task<HttpStatusCode> DeleteAsync(string address)
    {
        using var response = await Muse.Client.DeleteAsync(new Uri(address, UriKind.Relative));
        return response.StatusCode;
    }

    /// <summary>The status and the problem's document.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Problem)> RefusedAsync(HttpMethod method, string address, object? body = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await Muse.Client.SendAsync(request);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    public async Task<string> NoteAsync(string session, string text, string? item = null)
    {
        using var response = await Muse.Client.PostAsJsonAsync($"/api/sessions/{session}/notes", new { text, item });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("id").GetString()!;
    }

    internal Task<ListNotes.Response> NotesAsync(string session) => Muse.GetAsync<ListNotes.Response>($"/api/sessions/{session}/notes");

    internal Task<ListPage> ListAsync(string query = "") => Muse.GetAsync<ListPage>($"/api/sessions{query}");

    internal async Task<Sessions.Domain.SessionMarks> MarksAsync(string session) =>
        (await ListAsync()).Items.Concat((await ListAsync("?is=archived")).Items).Single(s => s.Id == session).Marks;

    /// <summary>Everything is read again from the transcripts, as after a change of the readers, by a program started anew.</summary>
    public async Task ReadAgainAsync()
    {
        await using (var connection = Muse.Services.GetRequiredService<MuseDatabase>().Open())
        {
            new TranscriptFacts(Muse.Services.GetRequiredService<IngestEngine>()).MakeAgain(connection);
        }

        await Muse.RestartAsync();
        await Muse.SettleAsync();
    }

    public ValueTask DisposeAsync() => Muse.DisposeAsync();
}
