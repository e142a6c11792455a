using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Muse.Host.Web;

/// <summary>Gzip: the client's files as small as they get, since they are fetched once; answers as fast as they get.</summary>
internal sealed class Compression(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
{
    private readonly GzipCompressionProvider _fast = new(Options.Create(new GzipCompressionProviderOptions { Level = CompressionLevel.Fastest }));

    public override ICompressionProvider? GetCompressionProvider(HttpContext context) => base.GetCompressionProvider(context) is { } small
        ? context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? _fast : small
        : null;
}

internal static class CompressionRegistration
{
    public static IServiceCollection AddMuseCompression(this IServiceCollection services) => services
        .AddSingleton<IResponseCompressionProvider, Compression>()
        .Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal)
        .AddResponseCompression(options =>
        {
            // Event streams are not in the list: compression would hold their events back.
            options.Providers.Add<GzipCompressionProvider>();
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "application/manifest+json", "image/svg+xml"];
        });
}
