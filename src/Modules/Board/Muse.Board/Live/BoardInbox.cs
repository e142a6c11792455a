using System.Threading.Channels;
using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Board.Hooks;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Live;

/// <summary>A payload for the inbox, beside what it says of a session.</summary>
internal sealed record HookArrived(HookSeen Hook, byte[] Payload, long SizeBytes, long AtMs) : BoardInput;

/// <summary>A person marks a card; answers whether there is such a card.</summary>
internal sealed record MarkAsked(string CardId, Func<Marks, Marks> Change, TaskCompletionSource<bool> Done) : BoardInput;

/// <summary>Answers once everything told before it is judged and stored.</summary>
internal sealed record Barrier(TaskCompletionSource Done) : BoardInput;

/// <summary>What was told and is not judged yet. Bounded: who tells never waits, and what does not fit is counted.</summary>
internal sealed class BoardInbox(WorkCounters work) : IBoardEvidence
{
    private const int MostWaiting = 4096;

    // Wait, because TryWrite then refuses instead of dropping in silence.
    private readonly Channel<BoardInput> _inputs = Channel.CreateBounded<BoardInput>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public ChannelReader<BoardInput> Reader => _inputs.Reader;

    public bool Tell(BoardInput input)
    {
        if (_inputs.Writer.TryWrite(input))
        {
            return true;
        }

        work.Add("board.inputsDropped");
        return false;
    }

    /// <returns>False if there is no such card.</returns>
    public async Task<bool> MarkAsync(string cardId, Func<Marks, Marks> change, CancellationToken ct)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _inputs.Writer.WriteAsync(new MarkAsked(cardId, change, done), ct);
        return await done.Task.WaitAsync(ct);
    }

    /// <summary>Waits until everything told so far is judged and stored.</summary>
    public async Task SettledAsync(CancellationToken ct)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _inputs.Writer.WriteAsync(new Barrier(done), ct);
        await done.Task.WaitAsync(ct);
    }
}
