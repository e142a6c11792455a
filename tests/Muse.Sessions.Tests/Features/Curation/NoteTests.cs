using System.Net;

namespace Muse.Sessions.Tests.Features.Curation;

public sealed class NoteTests : IAsyncLifetime
{
    private CuratedHost _host = null!; // made before each test

    public async ValueTask InitializeAsync() => _host = await new CuratedHost().WithSessionsAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_note_is_written_changed_and_dropped()
    {
        var id = await _host.NoteAsync(CuratedHost.One, "**Mind** the switch");
        Assert.Equal(1, (await _host.MarksAsync(CuratedHost.One)).Notes);

        await _host.PutAsync($"/api/sessions/{CuratedHost.One}/notes/{id}", new { text = "The switch is fine" });
        var note = Assert.Single((await _host.NotesAsync(CuratedHost.One)).Notes);
        Assert.Equal((id, "The switch is fine", null), (note.Id, note.Text, note.Item));

        await _host.DeleteAsync($"/api/sessions/{CuratedHost.One}/notes/{id}");
        Assert.Empty((await _host.NotesAsync(CuratedHost.One)).Notes);
        Assert.Equal(0, (await _host.MarksAsync(CuratedHost.One)).Notes);
    }

    [Fact]
    public async Task A_linked_session_tells_who_links_it()
    {
        var id = await _host.NoteAsync(CuratedHost.One, $"See [[{CuratedHost.Two}]] and [[{CuratedHost.Three}|the lamp]] and [[nothing]]");

        Assert.Equal(CuratedHost.One, Assert.Single((await _host.NotesAsync(CuratedHost.Two)).Backlinks).SessionId);
        var titles = (await _host.NotesAsync(CuratedHost.One)).Titles;
        Assert.Equal(("Paint the shed", "Repair the lamp"), (titles[CuratedHost.Two], titles[CuratedHost.Three]));

        await _host.PutAsync($"/api/sessions/{CuratedHost.One}/notes/{id}", new { text = "See nobody" });
        Assert.Empty((await _host.NotesAsync(CuratedHost.Two)).Backlinks);
    }

    [Fact]
    public async Task A_note_stays_on_its_item_when_all_is_read_again()
    {
        await _host.NoteAsync(CuratedHost.One, "This one", "2");

        await _host.ReadAgainAsync();

        var note = Assert.Single((await _host.NotesAsync(CuratedHost.One)).Notes);
        Assert.Equal(("2", "and a switch"), (note.Item, note.ItemPreview));
    }

    [Fact]
    public async Task A_note_follows_its_item_in_a_rewritten_transcript()
    {
        await _host.NoteAsync(CuratedHost.One, "This one", "2");
        var path = Directory.GetFiles(_host.Muse.Home, "one.jsonl", SearchOption.AllDirectories).Single();
        var lines = await File.ReadAllLinesAsync(path);

        // The second line goes, and the record of the note is written with another word in it.
        await File.WriteAllLinesAsync(path, [lines[0], .. lines[2..].Select(l => l.Replace("and a switch", "and a big switch", StringComparison.Ordinal))]);
        await _host.Muse.SettleAsync();

        Assert.Equal("1", Assert.Single((await _host.NotesAsync(CuratedHost.One)).Notes).Item);
    }

    [Fact]
    public async Task A_note_whose_item_is_gone_is_kept_without_it()
    {
        await _host.NoteAsync(CuratedHost.One, "This one", "2");
        var path = Directory.GetFiles(_host.Muse.Home, "one.jsonl", SearchOption.AllDirectories).Single();
        var lines = await File.ReadAllLinesAsync(path);

        await File.WriteAllLinesAsync(path, lines[..2]);
        await _host.Muse.SettleAsync();

        var note = Assert.Single((await _host.NotesAsync(CuratedHost.One)).Notes);
        Assert.Equal((null, "and a switch", "This one"), (note.Item, note.ItemPreview, note.Text));
    }

    [Fact]
    public async Task Asking_again_reads_no_transcript()
    {
        await _host.NoteAsync(CuratedHost.One, "This one", "2");
        await _host.NotesAsync(CuratedHost.One);
        Directory.Delete(Path.Combine(_host.Muse.Home, ".claude"), recursive: true);

        Assert.Equal("2", Assert.Single((await _host.NotesAsync(CuratedHost.One)).Notes).Item);
    }

    [Fact]
    public async Task Bad_notes_are_refused_by_the_field_that_is_wrong()
    {
        (object Body, string Field)[] bad =
        [
            (new { text = " " }, "text"),
            (new { text = new string('x', 20_001) }, "text"),
            (new { text = "x", item = "second" }, "item"),
            (new { text = "x", agent = "a1" }, "agent"),
        ];

        foreach (var (body, field) in bad)
        {
            var (status, problem) = await _host.RefusedAsync(HttpMethod.Post, $"/api/sessions/{CuratedHost.One}/notes", body);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), $"{field}: {problem}");
        }
    }

    [Fact]
    public async Task What_is_not_there_is_404()
    {
        Assert.Equal("session-not-found", await CodeAsync(HttpMethod.Get, "/api/sessions/none/notes"));
        Assert.Equal("session-not-found", await CodeAsync(HttpMethod.Post, "/api/sessions/none/notes", new { text = "x" }));
        Assert.Equal("item-not-found", await CodeAsync(HttpMethod.Post, $"/api/sessions/{CuratedHost.One}/notes", new { text = "x", item = "99" }));
        Assert.Equal("note-not-found", await CodeAsync(HttpMethod.Put, $"/api/sessions/{CuratedHost.One}/notes/none", new { text = "x" }));
        Assert.Equal("note-not-found", await CodeAsync(HttpMethod.Delete, $"/api/sessions/{CuratedHost.One}/notes/none"));
    }

    private async Task<string?> CodeAsync(HttpMethod method, string address, object? body = null)
    {
        var (status, problem) = await _host.RefusedAsync(method, address, body);
        Assert.Equal(HttpStatusCode.NotFound, status);
        return problem.GetProperty("code").GetString();
    }
}
