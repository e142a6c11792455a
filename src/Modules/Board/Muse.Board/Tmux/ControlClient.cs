using System.Diagnostics;
using System.Text;

namespace Muse.Board.Tmux;

/// <summary>
/// One control-mode client of one server: a long-lived process whose input takes commands and whose output tells their
/// answers and what happens. It ends when its input is closed; it is never killed, since a client that dies half-way in
/// can take servers of some versions with it. When this program dies, its input closes by itself.
/// </summary>
internal sealed class ControlClient : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource<ControlReply>> _waiting = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ControlParser _parser = new();
    private readonly StringBuilder _errors = new();
    private readonly Process _process;
    private readonly Action<ControlNotice?> _noticed;
    private readonly TimeProvider _clock;
    private readonly Task _reading;
    private string? _ended;

    private ControlClient(Process process, Action<ControlNotice?> noticed, TimeProvider clock)
    {
        (_process, _noticed, _clock) = (process, noticed, clock);
        _process.ErrorDataReceived += (_, line) => KeepError(line.Data);
        _process.BeginErrorReadLine();
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Attaches to a session of the server, which must have started: see <see cref="TmuxServer"/>.</summary>
    /// <param name="noticed">Called for each notice, and once with null when the connection has ended; must not wait.</param>
    /// <exception cref="TmuxException">The server is not there, or does not let this user in.</exception>
    public static async Task<ControlClient> AttachAsync(
        TmuxProgram program, string socket, string session, Action<ControlNotice?> noticed, TimeProvider clock, CancellationToken ct)
    {
        var client = new ControlClient(program.StartControl(socket, session), noticed, clock);
        try
        {
            await client._attached.Task.WaitAsync(TmuxProgram.Deadline, clock, ct);
            return client;
        }
        catch (Exception e)
        {
            await client.DisposeAsync();
            throw e is TimeoutException ? new TmuxException(TmuxFailure.Unreachable, "The tmux server does not answer.", e) : e;
        }
    }

    /// <summary>Sends one command and waits for its answer.</summary>
    /// <exception cref="TmuxException">tmux refused, or the connection ended.</exception>
    public async Task<string> SendAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var line = ControlLine.Of(arguments);
        var reply = new TaskCompletionSource<ControlReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _writing.WaitAsync(ct);
        try
        {
            lock (_lock)
            {
                if (_ended is not null)
                {
                    throw new TmuxException(TmuxFailure.Unreachable, _ended);
                }

                _waiting.Enqueue(reply);
            }

            // Not under the caller's token: half a line would be the beginning of the next command.
            await _process.StandardInput.WriteAsync(line).WaitAsync(TmuxProgram.Deadline, _clock, CancellationToken.None);
            await _process.StandardInput.FlushAsync(CancellationToken.None).WaitAsync(TmuxProgram.Deadline, _clock, CancellationToken.None);
        }
        catch (Exception e) when (e is TimeoutException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            End("The tmux server takes no commands.");
        }
        finally
        {
            _writing.Release();
        }

        try
        {
            var answer = await reply.Task.WaitAsync(TmuxProgram.Deadline, _clock, ct);
            return answer.Failed ? throw TmuxProgram.Refusal(answer.Text) : answer.Text;
        }
        catch (TimeoutException e)
        {
            End("The tmux server does not answer.");
            throw new TmuxException(TmuxFailure.Unconfirmed, "The tmux server does not answer.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        End("The connection was closed.");
        try
        {
            await _reading.WaitAsync(TmuxProgram.Deadline, _clock);
        }
        catch (TimeoutException)
        {
            // The server is stopped; the client ends with its closed input as soon as the server goes on.
        }

        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        var output = _process.StandardOutput.BaseStream;
        var buffer = new byte[64 << 10];
        var reason = "The tmux server ended the connection.";
        try
        {
            while (await output.ReadAsync(buffer) is > 0 and var length)
            {
                _parser.Push(buffer.AsSpan(0, length), Receive);
            }

            await _process.WaitForExitAsync();
        }
        catch (ControlProtocolException e)
        {
            reason = e.Message;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            reason = "The connection to the tmux server broke.";
        }

        lock (_errors)
        {
            reason = _errors.Length > 0 ? _errors.ToString() : reason;
        }

        End(reason);
    }

    private void Receive(ControlMessage message)
    {
        switch (message)
        {
            case ControlReply { Asked: true } reply:
                TaskCompletionSource<ControlReply>? asked;
                lock (_lock)
                {
                    _waiting.TryDequeue(out asked);
                }

                asked?.TrySetResult(reply);
                break;
            case ControlReply { Failed: true } refused when !_attached.Task.IsCompleted:
                KeepError(refused.Text);
                break;
            case ControlReply:
                _attached.TrySetResult();
                break;
            case ControlNotice notice:
                _noticed(notice);
                break;
        }
    }

    private void KeepError(string? line)
    {
        lock (_errors)
        {
            if (line is not null && _errors.Length < 1000)
            {
                _errors.Append(_errors.Length > 0 ? " " : "tmux says: ").Append(line);
            }
        }
    }

    private void End(string reason)
    {
        List<TaskCompletionSource<ControlReply>> waiting;
        lock (_lock)
        {
            if (_ended is not null)
            {
                return;
            }

            _ended = reason;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        _attached.TrySetException(new TmuxException(TmuxFailure.Unreachable, reason));
        waiting.ForEach(w => w.TrySetException(new TmuxException(TmuxFailure.Unconfirmed, reason)));
        try
        {
            _process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process is gone already, and its input with it.
        }

        _noticed(null);
    }
}
