using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Persistence;
using Muse.Testing;
using Slice = Muse.Sessions.Features.GetSession.GetSession;

namespace Muse.Sessions.Tests.Features.GetSession;

/// <summary>The writer is held back, so that a part of the file stays unindexed while it is looked at.</summary>
public sealed class UnindexedTailTests : IAsyncLifetime
{
    private const int Unindexed = 600;
    private readonly MuseHost _muse = new();
    private IDisposable? _held;

    public async ValueTask InitializeAsync()
    {
        var transcript = A.Transcript(_muse, "big").Prompt("Start").Reply("Started");
        await _muse.SettleAsync();
        _held = await _muse.Services.GetRequiredService<MuseDatabase>().EnterWriteAsync(CancellationToken.None);
        foreach (var i in Enumerable.Range(0, Unindexed))
        {
            transcript.Reply($"Line {i} {new string('z', 1000)}");
        }

        await File.AppendAllTextAsync(transcript.Path, "{\"type\":\"assist");
    }

    [Fact]
    public async Task The_tail_is_read_from_the_end_of_the_file()
    {
        var window = await GetAsync("?limit=3&anchor=tail");

        Assert.Equal(["Line 597", "Line 598", "Line 599"], window.Items.Select(i => i.Text![..8]));
        Assert.All(window.Items, item => Assert.True(item.Id.StartsWith('t') && item.Ordinal is null));
        Assert.Equal((2, true, false), (window.Total, window.HasBefore, window.HasAfter));
    }

    [Fact]
    public async Task Windows_go_back_into_the_indexed_part()
    {
        var window = await GetAsync("?limit=500&anchor=tail");
        var earlier = await GetAsync($"?limit=500&before={window.Items[0].Id}");

        Assert.Equal((500, 102), (window.Items.Count, earlier.Items.Count));
        Assert.Equal(["Start", "Started", "Line 0 z"], earlier.Items.Take(3).Select(i => i.Text![..Math.Min(8, i.Text!.Length)]));
        Assert.Equal((false, true), (earlier.HasBefore, earlier.HasAfter));
    }

    [Fact]
    public async Task Windows_go_on_behind_the_indexed_part()
    {
        var window = await GetAsync("?limit=4&anchor=head");
        var next = await GetAsync($"?limit=2&after={window.Items[^1].Id}");

        Assert.Equal(["0", "1"], window.Items.Take(2).Select(i => i.Id));
        Assert.Equal(["Line 1 z", "Line 2 z", "Line 3 z"], window.Items.Skip(3).Concat(next.Items).Select(i => i.Text![..8]));
        Assert.True(window.HasAfter && next is { HasAfter: true, HasBefore: true });
    }

    [Fact]
    public async Task A_name_from_the_tail_is_good_when_it_is_indexed()
    {
        var id = (await GetAsync("?limit=1&anchor=tail")).Items[0].Id;
        var body = await _muse.GetAsync<Muse.Sessions.Features.GetItem.GetItem.Response>($"/api/sessions/{A.SessionId("big")}/items/{id}");
        _held!.Dispose(); // made before any test
        await _muse.SettleAsync();

        var later = await _muse.GetAsync<Muse.Sessions.Features.GetItem.GetItem.Response>($"/api/sessions/{A.SessionId("big")}/items/{id}");
        var window = await GetAsync($"?limit=1&before={id}");

        Assert.Equal((body.Text, body.LineOffset), (later.Text, later.LineOffset));
        Assert.Equal("600", window.Items[0].Id);
    }

    public async ValueTask DisposeAsync()
    {
        _held?.Dispose();
        await _muse.DisposeAsync();
    }

    private Task<Slice.Response> GetAsync(string query) => _muse.GetAsync<Slice.Response>($"/api/sessions/{A.SessionId("big")}{query}");
}
