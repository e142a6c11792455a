using System.Diagnostics;
using System.Text;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Images;
using Muse.EndToEnd.Cli;

namespace Muse.EndToEnd.Proxy;

/// <summary>
/// A real nginx in a container, as an owner would put it in front of Muse. It shares the machine's network, so that
/// Muse stays on loopback, and buffers as nginx does by default.
/// </summary>
internal sealed class NginxProxy : IAsyncDisposable
{
    private const string Image = "localhost/muse/nginx-under-test:1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly IContainer _container;

    private NginxProxy(IContainer container, int port) => (_container, Port) = (container, port);

    public int Port { get; }

    public static async Task<NginxProxy> StartAsync(int museAt)
    {
        // The reaper is an image that no registry would give us.
        TestcontainersSettings.ResourceReaperEnabled = false;
        var context = Path.Combine(AppContext.BaseDirectory, "nginx-image");
        await PrepareAsync(context);
        var image = new ImageFromDockerfileBuilder()
            .WithName(Image).WithContextDirectory(context).WithDockerfileDirectory(context).WithDockerfile("Dockerfile").WithCleanUp(false).Build();
        await image.CreateAsync();

        var port = MuseProcess.FreePort();
        var container = new ContainerBuilder(Image)
            .WithImagePullPolicy(PullPolicy.Never)
            .WithResourceMapping(Encoding.UTF8.GetBytes(Settings(port, museAt)), "/etc/nginx/nginx.conf")
            .WithCreateParameterModifier(parameters => (parameters.HostConfig ??= new()).NetworkMode = "host")
            .Build();
        var proxy = new NginxProxy(container, port);
        try
        {
            await container.StartAsync();
            await proxy.AnswersAsync();
            return proxy;
        }
        catch (Exception e)
        {
            var (_, said) = await container.GetLogsAsync();
            await proxy.DisposeAsync();
            throw new InvalidOperationException($"nginx does not answer: {said}", e);
        }
    }

    public async Task StopAsync() => await _container.StopAsync();

    public async Task StartAgainAsync()
    {
        await _container.StartAsync();
        await AnswersAsync();
    }

    public ValueTask DisposeAsync() => _container.DisposeAsync();

    private static string Settings(int port, int museAt) => $$"""
        user www-data;
        worker_processes 1;
        error_log stderr;
        pid /tmp/nginx.pid;
        events { worker_connections 4096; }
        http {
          access_log off;
          gzip on;
          gzip_types *;
          gzip_proxied any;
          server {
            listen 127.0.0.1:{{port}};
            server_name muse.example.org;
            location / {
              proxy_pass http://127.0.0.1:{{museAt}};
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_set_header Host $host;
              proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
              proxy_set_header X-Forwarded-Proto $scheme;
            }
          }
        }
        """;

    private static async Task PrepareAsync(string context)
    {
        using var script = Process.Start(new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "Proxy", "nginx-image.sh"), context])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        var said = script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
        if (script.ExitCode != 0)
        {
            throw new InvalidOperationException($"The image could not be prepared: {(await said).Trim()}");
        }
    }

    private async Task AnswersAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{Port}/healthz");
            request.Headers.Host = ProxiedMuse.PublicHost;
            try
            {
                using var response = await client.SendAsync(request, deadline.Token);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, deadline.Token);
            }
        }
    }
}
