using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Muse.Sessions.Features.GetSessionHealth;
using Muse.Sessions.Features.ListOpenLoops;
using Muse.Sessions.Understanding;
using Muse.Testing;

namespace Muse.Sessions.Tests.Understanding;

/// <summary>Sessions built to have, or not to have, what the rules look for; an hour after they were written.</summary>
public sealed class DigestHost : IAsyncDisposable
{
    public const string Folder = "/home/ann/shop";

    public DigestHost() => Muse = MuseHost.At(Clock);

    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Clock { get; } = new(Start.AddHours(1));

    public MuseHost Muse { get; }

    public ClaudeTranscript Session(string name, string cwd = Folder, double hour = 0) =>
        new(Muse.Home, name, cwd, null) { AtMs = Start.AddHours(hour).ToUnixTimeMilliseconds() };

    public async Task DigestAsync()
    {
        await Muse.SettleAsync();
        await Muse.Services.GetRequiredService<DigestWorker>().DigestAsync(CancellationToken.None);
    }

    internal async Task<GetSessionHealth.Response> HealthAsync(string name)
    {
        await DigestAsync();
        return await Muse.GetAsync<GetSessionHealth.Response>($"/api/sessions/{A.SessionId(name)}/health");
    }

    internal async Task<IReadOnlyList<OpenLoop>> LoopsAsync(string name)
    {
        await DigestAsync();
        var open = await Muse.GetAsync<ListOpenLoops.Response>("/api/open-loops");
        return open.Sessions.FirstOrDefault(s => s.Session.Id == A.SessionId(name))?.Loops ?? [];
    }

    public ValueTask DisposeAsync() => Muse.DisposeAsync();
}

/// <summary>Turns of a conversation in one word each.</summary>
public static class Turns
{
    private const string Refused = "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file).";

    public static ClaudeTranscript Run(this ClaudeTranscript transcript, string id, string command, bool fails = false) =>
        transcript.Call(id, "Bash", new JsonObject { ["command"] = command }).Result(id, fails ? "boom" : "fine", fails);

    public static ClaudeTranscript Refuse(this ClaudeTranscript transcript, string id, string command) =>
        transcript.Call(id, "Bash", new JsonObject { ["command"] = command }).Result(id, Refused, isError: true);

    public static ClaudeTranscript Edit(this ClaudeTranscript transcript, string id, string path) =>
        transcript.Call(id, "Edit", new JsonObject { ["file_path"] = path, ["old_string"] = "a", ["new_string"] = "b" }).Result(id, "The file was updated.", report: new JsonObject
        {
            ["filePath"] = path,
            ["oldString"] = "a",
            ["newString"] = "b",
            ["structuredPatch"] = new JsonArray(new JsonObject
            {
                ["oldStart"] = 1, ["oldLines"] = 1, ["newStart"] = 1, ["newLines"] = 1, ["lines"] = new JsonArray("-a", "+b"),
            }),
        });

    public static ClaudeTranscript Todos(this ClaudeTranscript transcript, string id, params (string Content, string Status)[] todos)
    {
        var list = new JsonArray([.. todos.Select(t => new JsonObject { ["content"] = t.Content, ["status"] = t.Status, ["activeForm"] = t.Content })]);
        return transcript.Call(id, "TodoWrite", new JsonObject { ["todos"] = list }).Result(id, "Todos have been modified successfully.");
    }
}
