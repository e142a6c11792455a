using System.ComponentModel.DataAnnotations;

namespace Muse.Sessions.Archive;

/// <summary>Settings under <c>Muse:Sessions:Archive</c>.</summary>
internal sealed class ArchiveOptions
{
    /// <summary>Keeps transcripts by itself. What is kept already can be read in any case.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Minutes without growth after which a transcript is kept.</summary>
    [Range(1, 1440)]
    public int QuietMinutes { get; init; } = 10;

    /// <summary>Seconds between two looks for what is to be kept.</summary>
    [Range(5, 3600)]
    public int EverySeconds { get; init; } = 60;

    /// <summary>Plain megabytes kept by one look at most; the next goes on.</summary>
    [Range(1, 100_000)]
    public int MegabytesPerLook { get; init; } = 512;

    /// <summary>Megabytes of the disk that are left free for others.</summary>
    [Range(0, 100_000_000)]
    public int ReserveMegabytes { get; init; } = 200;

    /// <summary>Days before an agent deletes a transcript from which on it is warned of one that is not kept.</summary>
    [Range(1, 365)]
    public int WarnDays { get; init; } = 7;

    /// <summary>Days after its last change for which a transcript is kept; for ever if not set.</summary>
    [Range(1, 100_000)]
    public int? KeepDays { get; init; }

    /// <summary>Megabytes that the archive takes on the disk at most, the oldest given up first; as much as there is room if not set.</summary>
    [Range(1L, 1_000_000_000L)]
    public long? KeepMegabytes { get; init; }
}
