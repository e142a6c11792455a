using Muse.Board.Watching;

namespace Muse.Board.Tests.Watching;

public sealed class LiveSetTests
{
    [Fact]
    public async Task A_listener_hears_what_is_there_and_then_merged_changes()
    {
        var set = new LiveSet<int, string>();
        set.Replace(_ => true, new Dictionary<int, string> { [1] = "a", [2] = "b" });
        await using var changes = set.ChangesAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.Equal([new(1, null, "a"), new(2, null, "b")], [await NextAsync(changes), await NextAsync(changes)]);

        // Gone and back, changed twice, come and gone: three keys, and one change for one of them.
        set.Replace(key => key == 1, new Dictionary<int, string>());
        set.Replace(key => key == 1, new Dictionary<int, string> { [1] = "a" });
        set.Replace(key => key == 2, new Dictionary<int, string> { [2] = "c" });
        set.Replace(key => key == 2, new Dictionary<int, string> { [2] = "d" });
        set.Replace(key => key == 3, new Dictionary<int, string> { [3] = "e" });
        set.Replace(key => key == 3, new Dictionary<int, string>());
        Assert.Equal(new LiveChange<int, string>(2, "b", "d"), await NextAsync(changes));

        set.Replace(key => key == 1, new Dictionary<int, string>());
        Assert.Equal(new LiveChange<int, string>(1, "a", null), await NextAsync(changes));
        Assert.Equal(["d"], set.Values);
    }

    private static async Task<LiveChange<int, string>> NextAsync(IAsyncEnumerator<LiveChange<int, string>> changes)
    {
        Assert.True(await changes.MoveNextAsync());
        return changes.Current;
    }
}
