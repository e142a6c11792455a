namespace Muse.Benchmarks;

/// <summary>One figure with what it is held against.</summary>
internal sealed record Measure(string What, double Value, string Unit, string Beside);
