using System.Text.Json;
using Muse.Board.Domain;
using Muse.Testing;

namespace Muse.Board.Tests.States;

/// <summary>A subscriber of the board that keeps what it is told and when.</summary>
internal sealed class BoardRecorder : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly Lock _lock = new();
    private readonly List<Told> _told = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Predicate<CardView> _isOwn;
    private Task _reading = Task.CompletedTask;

    private BoardRecorder(Predicate<CardView> isOwn) => _isOwn = isOwn;

    /// <param name="AtMs">UTC milliseconds at which the event was read.</param>
    public sealed record Told(long AtMs, CardView Card);

    public static long NowMs => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public static async Task<BoardRecorder> StartAsync(HttpClient client, Predicate<CardView> isOwn)
    {
        var recorder = new BoardRecorder(isOwn);
        var response = await client.GetAsync("/api/board/stream", HttpCompletionOption.ResponseHeadersRead);
        recorder._reading = recorder.ReadAsync(response);
        return recorder;
    }

    /// <summary>The first word since then that fits; null if there is none yet.</summary>
    public Told? First(long sinceMs, Predicate<CardView> isSo)
    {
        lock (_lock)
        {
            return _told.Find(t => t.AtMs >= sinceMs && isSo(t.Card));
        }
    }

    /// <summary>What was said since then, as <c>state/reason</c>, a word said twice in a row once.</summary>
    public IReadOnlyList<string> Since(long sinceMs)
    {
        lock (_lock)
        {
            var words = _told.Where(t => t.AtMs >= sinceMs).Select(t => Word(t.Card)).ToList();
            return [.. words.Where((word, i) => i == 0 || words[i - 1] != word)];
        }
    }

    public static string Word(CardView card) => card.Reason is null ? card.State : $"{card.State}/{card.Reason}";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _end.Dispose();
    }

    private async Task ReadAsync(HttpResponseMessage response)
    {
        using var own = response;
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(_end.Token));
        var type = "";
        try
        {
            while (await lines.ReadLineAsync(_end.Token) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                {
                    type = line["event: ".Length..];
                }
                else if (type == "card" && line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    Keep(JsonSerializer.Deserialize<CardView>(line["data: ".Length..], Json)!);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The test or the host ends.
        }
    }

    private void Keep(CardView card)
    {
        if (!_isOwn(card))
        {
            return;
        }

        lock (_lock)
        {
            _told.Add(new Told(NowMs, card));
        }
    }
}
