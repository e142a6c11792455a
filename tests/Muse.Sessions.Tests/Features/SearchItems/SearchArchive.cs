using System.Text.Json.Nodes;
using Muse.Testing;

namespace Muse.Sessions.Tests.Features.SearchItems;

/// <summary>Three sessions in which something is hidden everywhere that a person can open.</summary>
public sealed class SearchArchive : IAsyncLifetime
{
    public const string Shop = "shop";
    public const string Old = "old";
    public const string Garden = "garden";
    private const long Day = 24L * 60 * 60 * 1000;

    /// <summary>Where each needle is planted: session, subagent, item.</summary>
    public static readonly IReadOnlyList<(string Needle, string Session, string? Agent, string Item)> Needles =
    [
        ("promptneedle", Shop, null, "0"),
        ("replyneedle", Shop, null, "1"),
        ("commandneedle", Shop, null, "2"),
        ("outputneedle", Shop, null, "2"),
        ("pathneedle", Shop, null, "3"),
        ("newtextneedle", Shop, null, "3"),
        ("patchneedle", Shop, null, "3"),
        ("失われた針", Shop, null, "4"),
        ("aiguille", Shop, null, "4"),
        ("NeedleInCamel", Shop, null, "4"),
        ("needle_in_snake", Shop, null, "4"),
        ("subagentneedle", Shop, "a1", "1"),
        ("oldneedle", Old, null, "1"),
        ("gardenneedle", Garden, null, "0"),
    ];

    public MuseHost Host { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var now = Host.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        A.Transcript(Host, Shop).Prompt("Find the promptneedle, please").Reply("Here is a replyneedle")
            .Call("c1", "Bash", new JsonObject { ["command"] = "grep commandneedle \"src\\\\a\"" })
            .Result("c1", $"{string.Concat(Enumerable.Repeat("straw ", 20_000))}\noutputneedle\nthe word common", isError: true)
            .Call("c2", "Edit", new JsonObject { ["file_path"] = "/home/ann/shop/src/pathneedle/Cart.cs", ["old_string"] = "a", ["new_string"] = "newtextneedle" })
            .Result("c2", "done", report: new JsonObject
            {
                ["filePath"] = "/home/ann/shop/src/pathneedle/Cart.cs",
                ["structuredPatch"] = new JsonArray(new JsonObject
                {
                    ["oldStart"] = 1, ["oldLines"] = 1, ["newStart"] = 1, ["newLines"] = 2, ["lines"] = new JsonArray(" patchneedle", "+newtextneedle"),
                }),
            })
            .Reply("これは失われた針です。 L'Aiguillé; NeedleInCamel and needle_in_snake, a common word");
        A.Transcript(Host, Shop, agentId: "a1").Prompt("look").Reply("I found the subagentneedle");
        var old = A.Transcript(Host, Old, "/home/ann/attic");
        old.AtMs = now - (400 * Day);
        old.Model = "claude-sonnet-4-5";
        old.Prompt("a common word of long ago").Reply("an oldneedle");
        var garden = A.Transcript(Host, Garden, "/home/ann/garden");
        garden.AtMs = now - (10 * Day);
        garden.Prompt("a common gardenneedle").Call("g1", "Read", new JsonObject { ["file_path"] = "/home/ann/garden/beds.txt" }).Result("g1", "common ground");
        await Host.IndexAsync();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
