using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Muse.EndToEnd.Cli;

public sealed class LifecycleTests : IDisposable
{
    private readonly MuseFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task Up_listens_on_loopback_and_keeps_its_data_to_its_owner()
    {
        var (process, client) = await MuseProcess.ServeAsync(_folders, "up", "--port", "0");
        await using var _ = process;

        var health = await client.GetFromJsonAsync("/healthz");

        Assert.Equal("muse", health.GetProperty("product").GetString());
        Assert.Equal(process.Pid, health.GetProperty("pid").GetInt32());
        Assert.Equal("127.0.0.1", client.BaseAddress!.Host);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(_folders.Muse).UnixFileMode);
    }

    [Fact]
    public async Task Status_and_stop_find_the_running_instance()
    {
        var (process, client) = await MuseProcess.ServeAsync(_folders, "up", "--port", "0");
        await using var _ = process;

        var (running, status) = await MuseProcess.RunAsync(_folders, "status", "--json");
        var (stopped, said) = await MuseProcess.RunAsync(_folders, "stop", "--port", "0");
        var (after, _) = await MuseProcess.RunAsync(_folders, "status", "--port", "0");

        Assert.Equal(0, running);
        Assert.Equal(process.Pid, JsonDocument.Parse(status).RootElement.GetProperty("pid").GetInt32());
        Assert.Equal(client.BaseAddress!.Port, JsonDocument.Parse(status).RootElement.GetProperty("port").GetInt32());
        Assert.Equal(0, stopped);
        Assert.Contains("has stopped", said, StringComparison.Ordinal);
        Assert.Equal(0, await process.WaitForExitAsync());
        Assert.Equal(1, after);
        Assert.False(File.Exists(Path.Combine(_folders.Muse, "instance.json")));
    }

    [Fact]
    public async Task Stop_does_not_wait_for_an_open_stream()
    {
        var (process, client) = await MuseProcess.ServeAsync(_folders, "up", "--port", "0");
        await using var _ = process;
        await using var stream = await client.GetStreamAsync(new Uri("/api/events?topics=sessions", UriKind.Relative));

        await MuseProcess.RunAsync(_folders, "stop", "--port", "0");

        Assert.Equal(0, await process.WaitForExitAsync());
        // One that the server had waited for in vain would be cut off, and reading to its end would throw.
        await stream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_second_up_on_the_same_data_names_the_first()
    {
        var (process, client) = await MuseProcess.ServeAsync(_folders, "up", "--port", "0");
        await using var _ = process;

        var (code, output) = await MuseProcess.RunAsync(_folders, "up", "--port", "0");

        Assert.Equal(2, code);
        Assert.Contains($"already runs at {client.BaseAddress!.GetLeftPart(UriPartial.Authority)} (pid {process.Pid})", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_holder_of_the_port_is_named_and_left_alone()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var (up, said) = await MuseProcess.RunAsync(_folders, "up", "--port", port);
        var (restart, saidAgain) = await MuseProcess.RunAsync(_folders, "restart", "--port", port);

        Assert.Equal((2, 2), (up, restart));
        Assert.Contains($"in use by pid {Environment.ProcessId}", said, StringComparison.Ordinal);
        Assert.Contains("--port", said, StringComparison.Ordinal);
        Assert.Contains($"in use by pid {Environment.ProcessId}", saidAgain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_takes_over_from_a_Muse_that_holds_the_port()
    {
        using var others = new MuseFolders();
        var port = MuseProcess.FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var (first, _) = await MuseProcess.ServeAsync(others, "up", "--port", port);
        await using var _1 = first;

        var (second, client) = await MuseProcess.ServeAsync(_folders, "restart", "--port", port);
        await using var _2 = second;

        Assert.Equal(0, await first.WaitForExitAsync());
        Assert.Equal(second.Pid, (await client.GetFromJsonAsync("/healthz")).GetProperty("pid").GetInt32());
    }

    [Fact]
    public async Task What_a_killed_instance_left_behind_is_not_taken_for_a_running_one()
    {
        var (process, _) = await MuseProcess.ServeAsync(_folders, "up", "--port", "0");
        var pid = process.Pid;
        var left = await File.ReadAllTextAsync(Path.Combine(_folders.Muse, "instance.json"));
        await process.DisposeAsync();
        // Its pid has passed to somebody else: to this test.
        await File.WriteAllTextAsync(
            Path.Combine(_folders.Muse, "instance.json"),
            left.Replace($"\"pid\":{pid}", $"\"pid\":{Environment.ProcessId}", StringComparison.Ordinal));

        var (code, output) = await MuseProcess.RunAsync(_folders, "status", "--port", "0");
        var (stop, _) = await MuseProcess.RunAsync(_folders, "stop", "--port", "0");

        Assert.Equal(1, code);
        Assert.Contains("not running", output, StringComparison.Ordinal);
        Assert.Equal(0, stop);
    }

    [Fact]
    public async Task A_damaged_database_is_kept_aside_and_made_anew()
    {
        Directory.CreateDirectory(_folders.Muse);
        await File.WriteAllTextAsync(Path.Combine(_folders.Muse, "muse.db"), new string('x', 8192));

        var (process, client) = await MuseProcess.ServeAsync(_folders, "up", "--port", "0");
        await using var _ = process;
        var sessions = await client.GetFromJsonAsync("/api/sessions");

        Assert.Equal(0, sessions.GetProperty("total").GetInt64());
        Assert.Contains("was damaged", process.Output, StringComparison.Ordinal);
        Assert.Equal(8192, new FileInfo(Assert.Single(Directory.GetFiles(_folders.Muse, "muse.db.damaged-*"))).Length);
    }
}
