using System.Globalization;
using System.Text;
using System.Text.Json;
using Muse.Sessions.Reading;
using Muse.Sessions.Tests.Fuzz;

namespace Muse.Sessions.Tests.Reading;

/// <summary>The cursor gives what <see cref="Utf8JsonReader"/> gives, token by token, and refuses what that refuses.</summary>
public sealed class JsonCursorTests
{
    private const int Rounds = 200;

    public static TheoryData<string> Subjects => [.. Subject.Names];

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{}")]
    [InlineData(" { \"a\" : [ 1 , -0 , 0.5 , 1e9 , 2E-3 , 3.25e+7 , true , false , null , \"\" , {} , [] ] } \r\n\t")]
    [InlineData("{\"a\":1}{")]
    [InlineData("{\"a\":1} {}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{,\"a\":1}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":1]")]
    [InlineData("{\"a\":1 \"b\":2}")]
    [InlineData("{\"a\"")]
    [InlineData("{\"a\":")]
    [InlineData("{a:1}")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[1 2]")]
    [InlineData("[1}")]
    [InlineData("[\"a\":1]")]
    [InlineData("[1,,2]")]
    [InlineData("]")]
    [InlineData("5")]
    [InlineData("-")]
    [InlineData("5,")]
    [InlineData("\"text\"")]
    [InlineData("[01]")]
    [InlineData("[-01]")]
    [InlineData("[+1]")]
    [InlineData("[.5]")]
    [InlineData("[1.]")]
    [InlineData("[1.e5]")]
    [InlineData("[1e]")]
    [InlineData("[1e+]")]
    [InlineData("[1x]")]
    [InlineData("[1/2]")]
    [InlineData("[truex]")]
    [InlineData("[tru]")]
    [InlineData("[nulll]")]
    [InlineData("[NaN]")]
    [InlineData("// comment\n[]")]
    [InlineData("[\"a\\")]
    [InlineData("[\"a\\\"]")]
    [InlineData("[\"\\u12\"]")]
    [InlineData("[\"\\u12g4\"]")]
    [InlineData("[\"\\ud800 \\n\\t\\r\\b\\f\\/\\\\\\\"\"]")]
    [InlineData("[\"\\x\"]")]
    [InlineData("[\"\\'\"]")]
    [InlineData("[\"tab\there\"]")]
    [InlineData("\uFEFF{}")]
    public void Tells_the_same_of(string text) => Same(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Tells_the_same_of_every_byte_at_every_place_of_a_long_string()
    {
        for (var place = 0; place < 40; place++)
        {
            for (var value = 0; value < 256; value++)
            {
                var json = Encoding.UTF8.GetBytes($"[\"{new string('x', 40)}\",\"\\n{new string('y', 20)}\"]");
                json[2 + place] = (byte)value;
                Same(json);
            }
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(512)]
    [InlineData(513)]
    public void Nests_as_deep(int depth)
    {
        Same(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)));
        Same(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":[", depth / 2)) + string.Concat(Enumerable.Repeat("]}", depth / 2))));
        Same(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":[", depth / 2)) + string.Concat(Enumerable.Repeat("}]", depth / 2))));
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Tells_the_same_of_damaged_transcripts(string name)
    {
        var subject = new Subject(name);
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(round);
            var damaged = Mutation.Of(
                subject.Seeds[random.Next(subject.Seeds.Count)], subject.Seeds[random.Next(subject.Seeds.Count)], random);
            foreach (var line in damaged.AsSpan().Split((byte)'\n'))
            {
                Same(damaged.AsSpan(line));
            }
        }
    }

    [Theory]
    [InlineData("true")]
    [InlineData("\\u0074rue")]
    [InlineData("tru")]
    [InlineData("\\ud800")]
    [InlineData("tr\\ud800")]
    public void Compares_texts_as_they_read(string escaped)
    {
        var json = Encoding.UTF8.GetBytes($"\"{escaped}\"");
        var cursor = new JsonCursor(json);
        var reader = new Utf8JsonReader(json);
        cursor.Read();
        reader.Read();
        string found, expected;
        try
        {
            found = cursor.ValueTextEquals("true"u8).ToString();
        }
        catch (InvalidOperationException)
        {
            found = "refused";
        }

        try
        {
            expected = reader.ValueTextEquals("true"u8).ToString();
        }
        catch (InvalidOperationException)
        {
            expected = "refused";
        }

        Assert.Equal(expected, found);
    }

    [Fact]
    public void Refuses_to_compare_what_is_no_text() => Assert.Throws<InvalidOperationException>(() =>
    {
        var cursor = new JsonCursor("5"u8);
        cursor.Read();
        return cursor.ValueTextEquals("5"u8);
    });

    [Fact]
    public void Skips_a_property_an_object_and_nothing_else()
    {
        var cursor = new JsonCursor("{\"a\":{\"b\":[1,{}]},\"c\":2}"u8);
        cursor.Read();
        cursor.Read();
        cursor.Skip();
        Assert.Equal((JsonTokenType.EndObject, 1, 17), (cursor.TokenType, cursor.Depth, cursor.Consumed));
        cursor.Skip();
        Assert.Equal(17, cursor.Consumed);
        cursor.Read();
        cursor.Skip();
        Assert.Equal((JsonTokenType.Number, "2"), (cursor.TokenType, Encoding.UTF8.GetString(cursor.ValueSpan)));
    }

    private static void Same(ReadOnlySpan<byte> json)
    {
        var expected = new List<string>();
        var reader = new Utf8JsonReader(json, JsonText.Options);
        try
        {
            while (reader.Read())
            {
                expected.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{reader.TokenType} {reader.TokenStartIndex}-{reader.BytesConsumed} {Convert.ToHexString(reader.ValueSpan)}"));
            }

            expected.Add("end");
        }
        catch (JsonException)
        {
            expected.Add("refused");
        }

        var found = new List<string>();
        var cursor = new JsonCursor(json);
        try
        {
            while (cursor.Read())
            {
                found.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{cursor.TokenType} {cursor.TokenStart}-{cursor.Consumed} {Convert.ToHexString(cursor.ValueSpan)}"));
            }

            found.Add("end");
        }
        catch (JsonException)
        {
            found.Add("refused");
        }

        Assert.Equal(expected, found);
    }
}
