using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Muse.EndToEnd.Proxy;

/// <summary>A client that may behave as badly as sockets let it.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[4096];
    private readonly StringBuilder _read = new();

    private RawClient()
    {
    }

    /// <summary>Connects and asks for a stream, without waiting for an answer.</summary>
    public static async Task<RawClient> AskAsync(int port, string host, string path)
    {
        var client = new RawClient();
        await client._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        await client.SendAsync($"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        return client;
    }

    public async Task SendAsync(string text)
    {
        using var deadline = new CancellationTokenSource(Patience);
        for (ReadOnlyMemory<byte> left = Encoding.ASCII.GetBytes(text); left.Length > 0;)
        {
            left = left[await _socket.SendAsync(left, deadline.Token)..];
        }
    }

    /// <summary>Reads until a text appears; what was read up to its end is forgotten.</summary>
    public async Task ExpectAsync(string text)
    {
        while (true)
        {
            var (read, at) = (_read.ToString(), 0);
            if ((at = read.IndexOf(text, StringComparison.Ordinal)) >= 0)
            {
                _read.Remove(0, at + text.Length);
                return;
            }

            if (!await ReadAsync())
            {
                throw new InvalidOperationException($"The connection ended without '{text}':\n{read}");
            }
        }
    }

    /// <summary>Reads until the other side has closed.</summary>
    public async Task EndAsync()
    {
        while (await ReadAsync())
        {
            _read.Clear();
        }
    }

    /// <summary>Says that nothing more will be sent, and goes on listening.</summary>
    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Is gone at once: the other side gets a reset.</summary>
    public void Vanish()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();

    private async Task<bool> ReadAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            var count = await _socket.ReceiveAsync(_buffer, deadline.Token);
            _read.Append(Encoding.UTF8.GetString(_buffer, 0, count));
            return count > 0;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }
}
