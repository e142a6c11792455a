using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Muse.EndToEnd.Browser;

/// <summary>One reader's page. What its console complained of fails the test that asks.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    public Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue($"uncaught: {error}");
    }

    public IPage Page { get; }

    public ILocator Feed => Page.GetByRole(AriaRole.Feed, new() { Name = "Conversation" }).First;

    public ILocator Item(int ordinal) => Page.Locator($"[data-item='{ordinal}']");

    public void AssertNoComplaint() => Assert.Empty(_complaints);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
