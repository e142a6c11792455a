using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Muse.BuildingBlocks.Secrets;

/// <param name="Number">Stands in its mask.</param>
/// <param name="Kind">For example <c>github-token</c>.</param>
/// <param name="Count">How often it was masked.</param>
/// <param name="Places">Where it was masked first, as the caller names its texts; each once.</param>
public sealed record MaskedSecret(int Number, string Kind, int Count, IReadOnlyList<string> Places);

/// <summary>
/// What was masked in texts that belong together. The same secret has the same number in all of them, so that a reader can
/// follow it. Of a secret itself only a hash is kept, and that in memory. Not thread-safe.
/// </summary>
public sealed class MaskedSecrets
{
    /// <summary>Secrets beyond these get no number, so that hostile text cannot fill the memory.</summary>
    private const int MostNumbered = 10_000;
    private const int MostPlaces = 20;

    /// <summary>A secret is recognised by its beginning: of a block that comes in parts no more need be there.</summary>
    private const int Recognised = 512;
    private readonly Dictionary<UInt128, Entry> _bySecret = [];
    private readonly List<Entry> _entries = [];
    private bool _isSettled;

    /// <summary>By number.</summary>
    public IReadOnlyList<MaskedSecret> All => [.. _entries.Select((e, i) => new MaskedSecret(i + 1, e.Kind, e.Count, [.. e.Places]))];

    /// <summary>How often something was masked.</summary>
    public long Total { get; private set; }

    /// <summary>From now on masks are given but not counted: the same texts are gone through again.</summary>
    public void Settle() => _isSettled = true;

    /// <summary>What stands in the place of a secret.</summary>
    internal string MaskOf(string kind, ReadOnlySpan<char> secret, string? place)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(MemoryMarshal.AsBytes(secret[..Math.Min(secret.Length, Recognised)]), hash);
        var key = MemoryMarshal.Read<UInt128>(hash);
        Total += _isSettled ? 0 : 1;
        if (!_bySecret.TryGetValue(key, out var entry))
        {
            if (_entries.Count >= MostNumbered)
            {
                return $"[masked: {kind}]";
            }

            entry = new Entry(_entries.Count + 1, kind);
            _bySecret.Add(key, entry);
            _entries.Add(entry);
        }

        if (!_isSettled)
        {
            entry.Count++;
            if (place is not null && entry.Places.Count < MostPlaces && !entry.Places.Contains(place))
            {
                entry.Places.Add(place);
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"[masked {entry.Number}: {entry.Kind}]");
    }

    private sealed class Entry(int number, string kind)
    {
        public int Number => number;

        public string Kind => kind;

        public int Count { get; set; }

        public List<string> Places { get; } = [];
    }
}
