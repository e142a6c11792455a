using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Muse.Sessions.Archive;
using Muse.Testing;

namespace Muse.Sessions.Tests.Archive;

/// <summary>A byte that changed on the disk is found and named.</summary>
public sealed class VerifyTests : IAsyncLifetime
{
    private readonly KeptHome _home = new();
    private ClaudeTranscript _transcript = null!;

    public async ValueTask InitializeAsync()
    {
        _transcript = new ClaudeTranscript(_home.Host.Home, "11111111-0000-4000-8000-000000000000", "/home/ann/shop", null) { AtMs = 1_770_000_000_000 };
        for (var i = 0; i < 20; i++)
        {
            _transcript.Prompt($"{i} {new string((char)('a' + i), 100_000)} {i * 7919}");
        }

        await _home.SettleAndKeepAsync();
    }

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task An_archive_as_it_was_kept_has_no_damage()
    {
        _home.Write(6);
        await _home.SettleAndKeepAsync();

        var report = await VerifyAsync();

        Assert.Empty(report.GetProperty("damages").EnumerateArray());
        Assert.Equal(8, report.GetProperty("files").GetInt32());
        Assert.Equal(_home.Store.All().Sum(k => k.Bytes), report.GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task A_flipped_byte_is_named_by_file_frame_and_range()
    {
        var kept = Assert.Single(_home.Store.All());
        var frame = _home.Store.Frames(kept.Id)[2];
        _home.DeleteSources();
        Flip(kept, frame.Position + (frame.StoredBytes / 2));

        var damage = Assert.Single((await VerifyAsync()).GetProperty("damages").EnumerateArray());

        Assert.Equal(
            (_transcript.Path, kept.File, 2, frame.Offset, (long)frame.Length, false),
            (damage.GetProperty("path").GetString(), damage.GetProperty("file").GetString(), damage.GetProperty("frame").GetInt32(),
                damage.GetProperty("offset").GetInt64(), damage.GetProperty("length").GetInt64(), damage.GetProperty("keptAgain").GetBoolean()));
        Assert.NotEmpty(damage.GetProperty("problem").GetString()!);
    }

    [Fact]
    public async Task Every_byte_of_a_file_of_frames_is_looked_at()
    {
        var kept = Assert.Single(_home.Store.All());
        _home.DeleteSources();
        var random = new Random(30);
        var first = _home.Store.Frames(kept.Id)[0];
        var places = Enumerable.Range(0, 60).Select(_ => random.NextInt64(kept.StoredBytes)).Concat(Enumerable.Range(0, (int)Math.Min(400, first.Position)).Select(i => (long)i));
        foreach (var place in places)
        {
            Flip(kept, place);
            Assert.True((await VerifyAsync()).GetProperty("damages").GetArrayLength() > 0, $"byte {place}");
            Flip(kept, place);
        }

        Assert.Equal(0, (await VerifyAsync()).GetProperty("damages").GetArrayLength());
    }

    [Fact]
    public async Task A_frame_that_is_missing_from_the_rows_breaks_the_hash_of_the_whole()
    {
        var kept = Assert.Single(_home.Store.All());
        _home.DeleteSources();
        _home.Query($"DELETE FROM sessions_kept_frames WHERE \"offset\" = {_home.Store.Frames(kept.Id)[^1].Offset}");

        var damage = Assert.Single((await VerifyAsync()).GetProperty("damages").EnumerateArray());

        Assert.Equal(JsonValueKind.Null, damage.GetProperty("frame").ValueKind);
    }

    [Fact]
    public async Task What_is_damaged_is_kept_anew_while_its_source_is_there()
    {
        var kept = Assert.Single(_home.Store.All());
        Flip(kept, kept.StoredBytes - 5);

        Assert.True((await VerifyAsync()).GetProperty("damages")[0].GetProperty("keptAgain").GetBoolean());
        await _home.KeepAsync();

        Assert.Equal(0, (await VerifyAsync()).GetProperty("damages").GetArrayLength());
        Assert.NotEqual(kept.File, Assert.Single(_home.Store.All()).File);
    }

    private void Flip(KeptFile kept, long place)
    {
        using var file = File.OpenHandle(_home.Archive.PathOf(kept), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var one = new byte[1];
        Assert.Equal(1, RandomAccess.Read(file, one, place));
        one[0] ^= 0x10;
        RandomAccess.Write(file, one, place);
    }

    private async Task<JsonElement> VerifyAsync()
    {
        using var response = await _home.Host.Client.PostAsync(new Uri("/api/archive/verify", UriKind.Relative), null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
