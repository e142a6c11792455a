using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Muse.EndToEnd.Browser;

/// <summary>What is exported is opened by others, elsewhere, without Muse's own policy around it.</summary>
public sealed class ExportTests(ExportStage stage) : IClassFixture<ExportStage>
{
    /// <summary>Elements and attributes that run, fetch or send something.</summary>
    private const string Forbidden = """
        () => {
          const found = [];
          for (const element of document.querySelectorAll('*')) {
            const name = element.localName;
            if (['script','iframe','object','embed','form','input','button','svg','math','link','base','video','audio','source','template','frame','marquee'].includes(name)) found.push(name);
            if (name === 'meta' && element.httpEquiv === 'refresh') found.push('refresh');
            for (const { name: attribute, value } of element.attributes) {
              if (attribute.startsWith('on') || attribute === 'srcdoc' || attribute === 'background') found.push(`${name} ${attribute}`);
              if (attribute === 'style' && !/^text-align: (left|right|center);$/.test(value)) found.push(`${name} style ${value}`);
              if (attribute === 'href' && !/^(#|https?:\/\/|mailto:)/.test(value)) found.push(`href ${value}`);
              if (attribute === 'src' && !/^data:image\/(png|jpeg|gif|webp);base64,/.test(value)) found.push(`src ${value}`);
            }
            if (name === 'a' && !element.getAttribute('href').startsWith('#') && element.rel !== 'noopener noreferrer') found.push(`rel ${element.rel}`);
          }
          return found;
        }
        """;

    [Fact]
    public void There_are_many_hostile_texts() => Assert.True(HostileTexts.All.Length >= 60);

    // Fails when a title is written as it is. Without the file's policy, too: one wall must not stand for the other.
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Nothing_in_an_exported_page_runs_or_asks(bool javaScript, bool policy)
    {
        var page = await stage.AskAsync($"/api/sessions/{Stage.SessionId(ExportStage.Hostile)}/export");
        var path = Save(policy ? page : page.Replace("Content-Security-Policy", "Removed", StringComparison.Ordinal));
        var (dialogs, requests) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());

        await using var visit = await stage.OpenFileAsync(path, Screen.Desktop, javaScript, prepare: async opened =>
        {
            opened.Dialog += async (_, dialog) =>
            {
                dialogs.Enqueue(dialog.Message);
                await dialog.DismissAsync();
            };
            await opened.Context.RouteAsync("**/*", async route =>
            {
                if (route.Request.Url == new Uri(path).AbsoluteUri)
                {
                    await route.ContinueAsync();
                    return;
                }

                requests.Enqueue(route.Request.Url);
                await route.AbortAsync();
            });
        });
        await visit.Page.WaitForTimeoutAsync(500);

        Assert.Empty(dialogs);
        Assert.DoesNotContain(requests, r => !r.StartsWith("data:", StringComparison.Ordinal));
        Assert.Contains("alert(1)", await visit.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        if (javaScript)
        {
            Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Forbidden));
            Assert.True(await visit.Page.Locator("article").CountAsync() > HostileTexts.All.Length * 4);
        }

        visit.AssertNoComplaint();
        File.Delete(path);
    }

    private static string Save(string page)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("muse-export-").FullName, "session.html");
        File.WriteAllText(path, page);
        return path;
    }
}
