using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Muse.Sessions.Tests.Archive;

/// <summary>What was kept goes back to where its agent looks for it.</summary>
public sealed class RestoreTests : IAsyncLifetime
{
    private readonly KeptHome _home = new();

    public async ValueTask InitializeAsync()
    {
        _home.Write(6);
        await _home.SettleAndKeepAsync();
    }

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task Every_transcript_comes_back_byte_for_byte()
    {
        var before = _home.Sources;
        _home.DeleteSources();
        await _home.Host.SettleAsync();

        foreach (var id in _home.Query("SELECT id FROM sessions_sessions"))
        {
            Assert.Equal(HttpStatusCode.OK, (await RestoreAsync(id)).Status);
        }

        var after = _home.Sources;
        var transcripts = before.Where(f => f.Key.EndsWith(".jsonl", StringComparison.Ordinal)).ToList();
        Assert.Equal(7, transcripts.Count);
        Assert.Equal(transcripts.Select(f => f.Key), after.Keys);
        Assert.All(transcripts, file => Assert.Equal(file.Value, after[file.Key]));
        await _home.Host.SettleAsync();
        Assert.Equal(["0"], _home.Query("SELECT count(*) FROM sessions_transcripts WHERE missing"));
        Assert.Equal(["0"], _home.Query("SELECT count(*) FROM sessions_generations WHERE superseded"));
    }

    [Fact]
    public async Task A_file_that_is_there_is_never_written_over()
    {
        var (path, id) = First();
        await File.WriteAllTextAsync(path, "somebody's own", TestContext.Current.CancellationToken);
        foreach (var other in _home.Sources.Keys.Where(p => p != path))
        {
            File.Delete(other);
        }

        var (status, answer) = await RestoreAsync(_home.Query($"SELECT session_id FROM sessions_transcripts WHERE path = '{path}'")[0]);

        // Its subagent was gone and came back; the file itself is as it was.
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain(answer.GetProperty("files").EnumerateArray(), f => f.GetProperty("path").GetString() == path);
        Assert.Equal("somebody's own", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        (status, answer) = await RestoreAsync(id);
        Assert.Equal((HttpStatusCode.Conflict, "source-is-there"), (status, answer.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_session_of_which_nothing_is_kept_is_refused()
    {
        var (status, answer) = await RestoreAsync("nobody");

        Assert.Equal((HttpStatusCode.NotFound, "nothing-kept"), (status, answer.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_damaged_one_is_not_restored()
    {
        var (path, id) = First();
        var kept = _home.Store.OfPath(path)[0];
        await using (var file = File.OpenWrite(_home.Archive.PathOf(kept)))
        {
            file.Seek(-4, SeekOrigin.End);
            file.Write([1, 2, 3, 4]);
        }

        _home.DeleteSources();
        var (status, answer) = await RestoreAsync(id);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not-restored"), (status, answer.GetProperty("code").GetString()));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task The_bytes_of_a_kept_file_can_be_fetched()
    {
        var (path, _) = First();
        var files = await _home.Host.GetAsync<JsonElement>("/api/archive/files");
        var file = files.EnumerateArray().Single(f => f.GetProperty("path").GetString() == path);

        var bytes = await _home.Host.Client.GetByteArrayAsync(new Uri($"/api/archive/files/{file.GetProperty("id").GetInt64()}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), bytes);
        Assert.Equal((HttpStatusCode.NotFound, "kept-file-not-found"), await CodeAsync("/api/archive/files/4000"));
        Assert.Equal(HttpStatusCode.BadRequest, (await CodeAsync("/api/archive/files/x")).Item1);
    }

    private (string Path, string Id) First()
    {
        var row = _home.Query("SELECT path, session_id FROM sessions_transcripts WHERE agent = 'claude-code' AND agent_id IS NULL AND EXISTS (SELECT 1 FROM sessions_transcripts o WHERE o.session_id = sessions_transcripts.session_id AND o.agent_id IS NOT NULL)")[0].Split('|');
        return (row[0], row[1]);
    }

    private async Task<(HttpStatusCode, string?)> CodeAsync(string address)
    {
        var (status, problem) = await _home.Host.GetProblemAsync(address);
        return (status, problem.GetProperty("code").GetString());
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> RestoreAsync(string id)
    {
        using var response = await _home.Host.Client.PostAsync(new Uri($"/api/sessions/{Uri.EscapeDataString(id)}/restore", UriKind.Relative), null, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }
}
