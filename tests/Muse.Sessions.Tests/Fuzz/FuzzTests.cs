using System.Diagnostics;
using System.Globalization;

namespace Muse.Sessions.Tests.Fuzz;

/// <summary>
/// Readers never throw, count every line once, read the same however the file is cut, and let nothing through to a
/// screen, whatever stands in a file. A fixed number of damages each time; MUSE_FUZZ_MINUTES=15 goes on for as long
/// with others. What fails is made small and kept in <c>Saved</c>.
/// </summary>
public sealed class FuzzTests
{
    private const int Rounds = 250;

    public static TheoryData<string> Subjects => [.. Subject.Names];

    [Fact]
    public void What_failed_once_fails_no_more() =>
        Assert.All(SavedInputs.All, file => Assert.Null(Invariants.Broken(SavedInputs.SubjectOf(file), SavedInputs.Read(file))));

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Damaged_transcripts_are_read(string name)
    {
        var subject = new Subject(name);
        var asked = TimeSpan.FromMinutes(double.TryParse(Environment.GetEnvironmentVariable("MUSE_FUZZ_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? minutes : 0);
        var (first, clock) = (asked > TimeSpan.Zero ? Random.Shared.Next(1 << 30) : 0, Stopwatch.StartNew());

        for (var round = first; round < first + Rounds || clock.Elapsed < asked / Subject.Names.Count; round++)
        {
            Check(subject, Damaged(subject, new Random(round)), $"round {round}");
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Any_property_may_hold_anything(string name)
    {
        var subject = new Subject(name);
        var turn = 0;

        foreach (var seed in subject.Seeds)
        {
            foreach (var input in subject.IsDocument ? WrongDocuments(seed, ref turn) : WrongLines(seed, ref turn))
            {
                Check(subject, input, "wrong value");
            }
        }
    }

    private static byte[] Damaged(Subject subject, Random random) => Mutation.Of(
        subject.Seeds[random.Next(subject.Seeds.Count)], subject.Seeds[random.Next(subject.Seeds.Count)], random);

    /// <summary>For each line a file of that line with each of its values replaced, in turn by each of the wrong ones.</summary>
    private static List<byte[]> WrongLines(byte[] seed, ref int turn)
    {
        var files = new List<byte[]>();
        for (var rest = seed.AsSpan(); rest.IndexOf((byte)'\n') is >= 0 and var end; rest = rest[(end + 1)..])
        {
            var line = rest[..(end + 1)].ToArray();
            var file = new List<byte>();
            foreach (var (start, stop) in Mutation.Values(line))
            {
                file.AddRange(Mutation.Splice(line, start, stop - start, Mutation.Wrong[turn++ % Mutation.Wrong.Count]));
                file.AddRange(Mutation.Splice(line, start, stop - start, Mutation.Wrong[turn++ % Mutation.Wrong.Count]));
            }

            files.Add([.. file]);
        }

        return files;
    }

    private static List<byte[]> WrongDocuments(byte[] seed, ref int turn)
    {
        var files = new List<byte[]>();
        foreach (var (start, stop) in Mutation.Values(seed))
        {
            files.Add(Mutation.Splice(seed, start, stop - start, Mutation.Wrong[turn++ % Mutation.Wrong.Count]));
        }

        return files;
    }

    private static void Check(Subject subject, byte[] input, string from)
    {
        if (Invariants.Broken(subject, input) is not { } problem)
        {
            return;
        }

        var kind = problem[..problem.IndexOf(':', StringComparison.Ordinal)];
        var small = SavedInputs.Minimise(input, less => Invariants.Broken(subject, less)?.StartsWith(kind + ":", StringComparison.Ordinal) == true);
        Assert.Fail($"{subject.Name}, {from}, kept as Saved/{SavedInputs.Save(subject, small)}: {Invariants.Broken(subject, small)}");
    }
}
