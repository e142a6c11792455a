using System.Text;

namespace Muse.BuildingBlocks.Secrets;

/// <summary>Takes secrets out of texts before they leave: into an export, or to a model.</summary>
public sealed class SecretMask(MaskedSecrets masked)
{
    private readonly List<SecretMatch> _found = [];
    private readonly SecretWork _work = new();

    /// <summary>Characters that checks looked at.</summary>
    internal long Visited => _work.Visited;

    /// <summary>The text with its secrets masked; the same object if it holds none.</summary>
    /// <param name="place">Where the text stands, for the list of what was masked.</param>
    /// <param name="isCut">The text was cut off: the beginning of a secret at its end is masked, too.</param>
    public string Apply(string text, string? place = null, bool isCut = false)
    {
        _found.Clear();
        var secrets = new SecretText(text, isCut, _work);
        SecretFinder.Find(secrets, 0, 0, text.Length, isWhole: true, _found);
        if (_found.Count == 0)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        var written = 0;
        foreach (var match in _found)
        {
            clean.Append(text, written, match.Start - written).Append(masked.MaskOf(match.Kind, text.AsSpan(match.Start..match.End), place));
            written = match.End;
        }

        return clean.Append(text, written, text.Length - written).ToString();
    }
}
