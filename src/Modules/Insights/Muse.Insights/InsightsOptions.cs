using Muse.Insights.Prices;

namespace Muse.Insights;

/// <summary>Settings under <c>Muse:Insights</c>.</summary>
internal sealed class InsightsOptions
{
    public PriceOptions Prices { get; init; } = new();
}
