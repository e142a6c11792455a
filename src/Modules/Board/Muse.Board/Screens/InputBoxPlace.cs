namespace Muse.Board.Screens;

/// <summary>Lines from <paramref name="Start"/> up to, and without, <paramref name="End"/>.</summary>
internal readonly record struct LineRange(int Start, int End)
{
    public bool Contains(int line) => line >= Start && line < End;
}

/// <summary>Where the input box is.</summary>
/// <param name="Top">The line above its text, or its first line if nothing is drawn above.</param>
/// <param name="Bottom">The line below its text.</param>
/// <param name="IsWhole">Something is below it, and nothing there is cut.</param>
internal sealed record InputBoxPlace(int Top, LineRange Lines, int Bottom, bool IsWhole)
{
    /// <summary>The first lines of the text were scrolled away, and the glyph with them.</summary>
    public bool BeginsAbove { get; init; }

    /// <summary>The first lines of the text were scrolled away, and the glyph stands before what is seen.</summary>
    public bool IsScrolled { get; init; }

    /// <summary>The last lines of the text are below what is seen.</summary>
    public bool GoesOnBelow { get; init; }
}
