using Microsoft.Data.Sqlite;
using Muse.BuildingBlocks.Persistence;

namespace Muse.BuildingBlocks.Tests.Persistence;

public sealed class PreparedStatementTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public PreparedStatementTests()
    {
        _connection.Open();
        using var create = _connection.CreateCommand();
        create.CommandText = "CREATE TABLE rows (id INTEGER PRIMARY KEY, name TEXT, data BLOB)";
        create.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void Values_are_bound_in_the_order_of_the_text()
    {
        using var insert = new PreparedStatement(_connection, "INSERT INTO rows (id, name, data) VALUES (?, ?, ?)");

        insert.Bind(7).Bind("Ünïcode").Bind([1, 2]).Execute();
        insert.Bind(8).Bind((string?)null).Bind([]).Execute();

        using var read = _connection.CreateCommand();
        read.CommandText = "SELECT group_concat(id || coalesce(name, '-') || hex(data)) FROM rows";
        Assert.Equal("7Ünïcode0102,8-", read.ExecuteScalar());
    }

    [Fact]
    public void A_refused_row_throws_and_the_statement_goes_on()
    {
        using var insert = new PreparedStatement(_connection, "INSERT INTO rows (id, name) VALUES (?, ?)");
        insert.Bind(1).Bind("one").Execute();

        Assert.Throws<SqliteException>(() => insert.Bind(1).Bind("again").Execute());

        Assert.Equal(1, insert.Bind(2).Bind("two").Execute());
    }

    [Fact]
    public void A_text_that_is_no_sql_is_told_at_once()
    {
        Assert.Throws<SqliteException>(() => new PreparedStatement(_connection, "INSERT INTO nowhere VALUES (?)"));
    }
}
