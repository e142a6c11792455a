using System.Text;

namespace Muse.BuildingBlocks.Persistence;

/// <summary>Conditions joined by AND, with their values in order. Only constant text becomes SQL; what comes from outside is bound.</summary>
/// <param name="first">A condition without values.</param>
public sealed class SqlFilter(string first)
{
    private readonly StringBuilder _sql = new(first);
    private readonly List<object> _values = [];

    /// <summary>The conditions, for a WHERE.</summary>
    public string Sql => _sql.ToString();

    /// <param name="condition">Constant text with one <c>?</c> for each value.</param>
    /// <param name="values">Strings and longs.</param>
    public SqlFilter And(string condition, params ReadOnlySpan<object> values)
    {
        _sql.Append(" AND (").Append(condition).Append(')');
        _values.AddRange(values);
        return this;
    }

    /// <summary>Binds all values as the next ones.</summary>
    public PreparedStatement BindTo(PreparedStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        foreach (var value in _values)
        {
            _ = value is long number ? statement.Bind(number) : statement.Bind((string)value);
        }

        return statement;
    }
}
