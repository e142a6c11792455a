using Microsoft.Extensions.Options;

namespace Muse.Sessions.Archive;

/// <summary>
/// Gives up what the owner wants to keep no longer; off unless the settings say so. A row stays of what was given up, so
/// that a source that is still there is not kept again until it grows.
/// </summary>
internal sealed class Retention(TranscriptArchive archive, ArchiveStore store, IOptions<ArchiveOptions> options, TimeProvider clock)
{
    /// <summary>Last change before which nothing is kept, in nanoseconds since 1970; 0 if all is.</summary>
    public long OldestNs => options.Value.KeepDays is { } days
        ? (clock.GetUtcNow() - TimeSpan.FromDays(days)).ToUnixTimeMilliseconds() * 1_000_000
        : 0;

    public async Task ApplyAsync(CancellationToken ct)
    {
        if (options.Value is { KeepDays: null, KeepMegabytes: null })
        {
            return;
        }

        var kept = store.All().FindAll(k => !k.Dropped);
        var stored = kept.Sum(k => k.StoredBytes);
        var most = options.Value.KeepMegabytes is { } megabytes ? megabytes * 1_000_000 : long.MaxValue;
        foreach (var oldest in kept)
        {
            if (oldest.Stamp.ModifiedNs >= OldestNs && stored <= most)
            {
                return;
            }

            await store.DropAsync(oldest.Id, ct);
            archive.Remove(oldest);
            stored -= oldest.StoredBytes;
        }
    }
}
