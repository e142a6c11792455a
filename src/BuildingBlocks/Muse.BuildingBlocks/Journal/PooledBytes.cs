using System.Buffers;

namespace Muse.BuildingBlocks.Journal;

/// <summary>
/// Takes bytes into a rented array and gives it back when disposed: facts of an archive's first reading are hundreds of
/// kilobytes, and arrays of that size are collected only together with everything else.
/// </summary>
internal sealed class PooledBytes : IBufferWriter<byte>, IDisposable
{
    private const int Smallest = 4 << 10;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Smallest);
    private int _written;

    /// <summary>What was written so far; gone when disposed.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _written);

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _bytes.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _bytes.AsSpan(_written);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _written) = ([], 0);
    }

    private void MakeRoom(int sizeHint)
    {
        if (_bytes.Length - _written >= Math.Max(1, sizeHint))
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _written + sizeHint));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
