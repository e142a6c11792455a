using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Insights.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class SpendRollups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "insights_session_spend",
                columns: table => new
                {
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    responses = table.Column<long>(type: "INTEGER", nullable: false),
                    input_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    output_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    cost_micro_usd = table.Column<long>(type: "INTEGER", nullable: false),
                    unpriced_responses = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_session_spend", x => x.session_id);
                });

            migrationBuilder.CreateTable(
                name: "insights_spend",
                columns: table => new
                {
                    quarter = table.Column<long>(type: "INTEGER", nullable: false),
                    series_id = table.Column<long>(type: "INTEGER", nullable: false),
                    responses = table.Column<long>(type: "INTEGER", nullable: false),
                    input_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    cache_write5m_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    cache_write1h_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    cache_read_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    output_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    reasoning_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    web_searches = table.Column<long>(type: "INTEGER", nullable: false),
                    cost_micro_usd = table.Column<long>(type: "INTEGER", nullable: false),
                    unpriced_responses = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_spend", x => new { x.quarter, x.series_id });
                });

            migrationBuilder.CreateTable(
                name: "insights_spend_series",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    agent = table.Column<string>(type: "TEXT", nullable: false),
                    model = table.Column<string>(type: "TEXT", nullable: false),
                    project_path = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_spend_series", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_insights_spend_series_agent_model_project_path",
                table: "insights_spend_series",
                columns: new[] { "agent", "model", "project_path" },
                unique: true);

            // What was there before, then whatever any writer does to a row from now on.
            foreach (var sql in Fill().Concat(Keep()))
            {
                migrationBuilder.Sql(sql);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var trigger in Triggers)
            {
                migrationBuilder.Sql($"DROP TRIGGER {trigger};");
            }

            migrationBuilder.DropTable(
                name: "insights_session_spend");

            migrationBuilder.DropTable(
                name: "insights_spend");

            migrationBuilder.DropTable(
                name: "insights_spend_series");
        }

        internal static readonly string[] Triggers = ["insights_usage_added", "insights_usage_taken", "insights_usage_changed"];

        private const string Columns =
            "responses, input_tokens, cache_write5m_tokens, cache_write1h_tokens, cache_read_tokens, output_tokens, reasoning_tokens, "
            + "web_searches, cost_micro_usd, unpriced_responses";

        private const string SessionColumns = "responses, input_tokens, output_tokens, cost_micro_usd, unpriced_responses";

        private static string Series(string row) => $"{row}.agent, coalesce({row}.model, ''), coalesce({row}.project_path, '')";

        // Clocks of transcripts may say anything, calendars may not.
        private static string Quarter(string row) => $"max(0, min({row}.at_ms, 32503679999999)) / 900000";

        // A count that cannot be right has no price either; of sums it would leave nothing.
        private static string Sane(string row, string column) => $"CASE WHEN {row}.{column} BETWEEN 0 AND 100000000 THEN {row}.{column} ELSE 0 END";

        private static string[] Amounts(string row) =>
        [
            "1", Sane(row, "input_tokens"), Sane(row, "cache_write5m_tokens"), Sane(row, "cache_write1h_tokens"), Sane(row, "cache_read_tokens"),
            Sane(row, "output_tokens"), Sane(row, "reasoning_tokens"), Sane(row, "web_searches"), $"coalesce({row}.cost_micro_usd, 0)",
            $"({row}.cost_micro_usd IS NULL)",
        ];

        private static string[] SessionAmounts(string row)
        {
            var all = Amounts(row);
            return [all[0], string.Join(" + ", all[1..5].Select(a => $"({a})")), all[5], all[8], all[9]];
        }

        private static IEnumerable<string> Fill()
        {
            yield return $"INSERT INTO insights_spend_series (agent, model, project_path) SELECT DISTINCT {Series("u")} FROM insights_usage u;";
            yield return $"""
                INSERT INTO insights_spend (quarter, series_id, {Columns})
                SELECT {Quarter("u")}, s.id, {string.Join(", ", Amounts("u").Select(a => $"sum({a})"))}
                FROM insights_usage u JOIN insights_spend_series s ON (s.agent, s.model, s.project_path) = ({Series("u")}) GROUP BY 1, 2;
                """;
            yield return $"""
                INSERT INTO insights_session_spend (session_id, {SessionColumns})
                SELECT u.session_id, {string.Join(", ", SessionAmounts("u").Select(a => $"sum({a})"))} FROM insights_usage u GROUP BY 1;
                """;
        }

        internal static IEnumerable<string> Keep()
        {
            yield return $"CREATE TRIGGER \"insights_usage_added\" AFTER INSERT ON insights_usage BEGIN {Count("NEW", "+")} END;";
            yield return $"CREATE TRIGGER \"insights_usage_taken\" AFTER DELETE ON insights_usage BEGIN {Count("OLD", "-")} END;";
            yield return $"CREATE TRIGGER \"insights_usage_changed\" AFTER UPDATE ON insights_usage BEGIN {Count("OLD", "-")} {Count("NEW", "+")} END;";
        }

        /// <summary>The statements that count a row in, or out again.</summary>
        private static string Count(string row, string sign) => $"""
            INSERT INTO insights_spend_series (agent, model, project_path) VALUES ({Series(row)}) ON CONFLICT DO NOTHING;
            INSERT INTO insights_spend (quarter, series_id, {Columns})
            SELECT {Quarter(row)}, s.id, {Signed(Amounts(row), sign)} FROM insights_spend_series s WHERE (s.agent, s.model, s.project_path) = ({Series(row)})
            ON CONFLICT (quarter, series_id) DO UPDATE SET {Added(Columns)};
            INSERT INTO insights_session_spend (session_id, {SessionColumns}) VALUES ({row}.session_id, {Signed(SessionAmounts(row), sign)})
            ON CONFLICT (session_id) DO UPDATE SET {Added(SessionColumns)};
            """;

        private static string Signed(string[] amounts, string sign) => string.Join(", ", amounts.Select(a => $"{sign}({a})"));

        private static string Added(string columns) => string.Join(", ", columns.Split(", ").Select(c => $"{c} = {c} + excluded.{c}"));
    }
}
