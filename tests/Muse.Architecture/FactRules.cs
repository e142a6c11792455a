using System.Text.Json;
using Muse.BuildingBlocks.Journal;
using Muse.Contracts;

namespace Muse.Architecture;

/// <summary>Facts are stored for longer than code lives: their names and shapes are held still.</summary>
public sealed class FactRules
{
    /// <summary>Every name ever recorded. A name may be added; one that is gone or changed breaks stored journals.</summary>
    private static readonly string[] Names = ["board.card-changed.v1", "board.delivery-changed.v1", "sessions.session-curated.v1", "sessions.transcript-presence-changed.v1", "sessions.transcript-read.v1"];

    // Fails when a FactName is renamed.
    [Fact]
    public void Every_fact_has_a_known_name_of_its_own()
    {
        Assert.Equal(Names.Order(StringComparer.Ordinal), FactCatalog.All.Keys.Order(StringComparer.Ordinal));
    }

    // Fails when a fact holds a type that does not come back from JSON.
    [Fact]
    public void Every_fact_survives_its_storage()
    {
        foreach (var (name, type) in FactCatalog.All)
        {
            var fact = (IFact)MakeUp(type);

            var back = FactCatalog.Read(name, FactCatalog.Write(fact));

            Assert.Equal(JsonSerializer.Serialize(fact, type), JsonSerializer.Serialize(back, type));
        }
    }

    // Fails when Muse.Contracts takes a package besides MediatR.
    [Fact]
    public void Contracts_stand_on_mediatr_alone()
    {
        var others = House.Contracts.GetReferencedAssemblies()
            .Where(r => r.Name is not null && !r.Name.StartsWith("System", StringComparison.Ordinal) && r.Name != "MediatR").Select(r => r.Name);

        Assert.Empty(others);
    }

    private static object MakeUp(Type type)
    {
        if (type == typeof(string))
        {
            return "text";
        }

        if (type.IsArray)
        {
            var array = Array.CreateInstance(type.GetElementType()!, 1);
            array.SetValue(MakeUp(type.GetElementType()!), 0);
            return array;
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return MakeUp(inner);
        }

        if (type.IsPrimitive)
        {
            return Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture);
        }

        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(p => MakeUp(p.ParameterType))]);
    }
}
