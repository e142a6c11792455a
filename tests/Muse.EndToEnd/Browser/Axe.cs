using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Muse.EndToEnd.Browser;

/// <summary>The rules of accessibility, run in the page.</summary>
internal static class Axe
{
    private const string Check =
        """
        async () => {
          const found = await axe.run(document, { resultTypes: ['violations'] });
          return found.violations.map(v => `${v.id} (${v.impact}): ${v.help}\n  ` +
            v.nodes.slice(0, 5).map(n => `${n.target.join(' ')} ${n.any.map(a => a.message).join('; ')}`).join('\n  '));
        }
        """;

    public static async Task AssertCleanAsync(Visit visit, string theme)
    {
        await visit.Page.EvaluateAsync("theme => document.documentElement.dataset.theme = theme", theme);
        await visit.Page.AddScriptTagAsync(new() { Content = await File.ReadAllTextAsync(Source()) });

        var found = await visit.Page.EvaluateAsync<JsonElement>(Check);

        Assert.True(found.GetArrayLength() == 0, string.Join('\n', found.EnumerateArray()));
        visit.AssertNoComplaint();
    }

    private static string Source([CallerFilePath] string here = "")
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../client/node_modules/axe-core/axe.min.js"));
        if (!File.Exists(path))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "axe-core is not installed.");
            Assert.Skip("axe-core is not installed. Run npm ci in client.");
        }

        return path;
    }
}
