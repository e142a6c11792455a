using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Muse.Board.Hooks;

/// <summary>A payload as far as it is taken.</summary>
/// <param name="Head">What was read.</param>
/// <param name="SizeBytes">Its whole size as far as known.</param>
/// <param name="IsCut">It is longer than is taken, or broke off.</param>
internal sealed record HookBody(ReadOnlyMemory<byte> Head, long SizeBytes, bool IsCut)
{
    /// <summary>A tool's input may hold a whole file; what is longer is counted and not understood.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Kept of each payload to look at.</summary>
    public const int KeptBytes = 8 * 1024;

    public byte[] ToKeep() => Head[..Math.Min(Head.Length, KeptBytes)].ToArray();

    public static async Task<HookBody> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // Ours applies: the server's would answer with a failure.
            limit.MaxRequestBodySize = null;
        }

        var body = new ArrayBufferWriter<byte>();
        try
        {
            while (body.WrittenCount <= MostBytes)
            {
                var read = await request.Body.ReadAsync(body.GetMemory(16 * 1024), ct);
                if (read == 0)
                {
                    return new HookBody(body.WrittenMemory, body.WrittenCount, IsCut: false);
                }

                body.Advance(read);
            }
        }
        catch (Exception e) when (e is IOException or BadHttpRequestException or OperationCanceledException)
        {
            // The sender left halfway; what it said is counted all the same.
        }

        return new HookBody(body.WrittenMemory, request.ContentLength ?? body.WrittenCount, IsCut: true);
    }
}
