namespace Muse.Insights.Tests.Accuracy;

/// <summary>What was really used: each response is noted once, when it is made up, by whom, on which UTC day, of which model.</summary>
internal sealed class Truth
{
    // US dollars for a million tokens: input, cache write for 5 minutes, for an hour, cache read, output. Written here
    // by hand, so that a mistake in the prices of Muse is not made twice.
    private static readonly Dictionary<string, decimal[]> Prices = new(StringComparer.Ordinal)
    {
        ["claude-opus-4-6"] = [5m, 6.25m, 10m, 0.5m, 25m],
        ["claude-opus-4-6 above 200000"] = [10m, 12.5m, 20m, 1m, 37.5m],
        ["claude-haiku-4-5-20251001"] = [1m, 1.25m, 2m, 0.1m, 5m],
        ["gpt-5"] = [1.25m, 0m, 0m, 0.125m, 10m],
        ["gpt-5-mini"] = [0.25m, 0m, 0m, 0.025m, 2m],
        ["gemini-2.5-pro"] = [1.25m, 0m, 0m, 0.125m, 10m],
        ["gemini-2.5-pro above 200000"] = [2.5m, 0m, 0m, 0.25m, 15m],
    };

    public SortedDictionary<(string Agent, string Day, string Model), Used> Sums { get; } = [];

    public void Note(string agent, DateTimeOffset at, string model, Used used)
    {
        var key = (agent, at.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), model);
        Sums[key] = Sums.GetValueOrDefault(key) + (used with { Responses = 1, MicroUsd = Cost(model, used) });
    }

    private static long Cost(string model, Used used)
    {
        var all = used.Input + used.Write5m + used.Write1h + used.Read;
        var rates = all > 200_000 && Prices.TryGetValue($"{model} above 200000", out var dearer) ? dearer : Prices[model];
        return (long)Math.Round(
            (used.Input * rates[0]) + (used.Write5m * rates[1]) + (used.Write1h * rates[2]) + (used.Read * rates[3]) + (used.Output * rates[4]), MidpointRounding.AwayFromZero);
    }
}

/// <param name="Output">Reasoning included.</param>
internal readonly record struct Used(long Input, long Write5m, long Write1h, long Read, long Output, long Responses = 0, long MicroUsd = 0)
{
    public static Used operator +(Used a, Used b) => new(
        a.Input + b.Input, a.Write5m + b.Write5m, a.Write1h + b.Write1h, a.Read + b.Read, a.Output + b.Output, a.Responses + b.Responses, a.MicroUsd + b.MicroUsd);
}
