using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Insights.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Journal : Migration
    {
        // Rows that are found by their key alone stand in the key's own tree: one look instead of two, and half to write.
        private static readonly string[] Tables =
        [
            """
            CREATE TABLE "insights_session_asks" (
                "at_ms" INTEGER NOT NULL,
                "session_id" TEXT NOT NULL,
                "text" TEXT NOT NULL,
                "ordinal" INTEGER NOT NULL,
                "generation" INTEGER NOT NULL,
                CONSTRAINT "PK_insights_session_asks" PRIMARY KEY ("at_ms", "session_id", "text")
            ) WITHOUT ROWID;
            """,
            """
            CREATE TABLE "insights_tool_errors" (
                "at_ms" INTEGER NOT NULL,
                "session_id" TEXT NOT NULL,
                "tool" TEXT NOT NULL,
                "agent_id" TEXT NOT NULL,
                "ordinal" INTEGER NOT NULL,
                "generation" INTEGER NOT NULL,
                CONSTRAINT "PK_insights_tool_errors" PRIMARY KEY ("at_ms", "session_id", "tool", "agent_id")
            ) WITHOUT ROWID;
            """,
            """
            CREATE TABLE "insights_session_spend_by_id" (
                "session_id" TEXT NOT NULL CONSTRAINT "PK_insights_session_spend" PRIMARY KEY,
                "responses" INTEGER NOT NULL,
                "input_tokens" INTEGER NOT NULL,
                "output_tokens" INTEGER NOT NULL,
                "cost_micro_usd" INTEGER NOT NULL,
                "unpriced_responses" INTEGER NOT NULL
            ) WITHOUT ROWID;
            """,
            "INSERT INTO insights_session_spend_by_id (session_id, responses, input_tokens, output_tokens, cost_micro_usd, unpriced_responses) SELECT session_id, responses, input_tokens, output_tokens, cost_micro_usd, unpriced_responses FROM insights_session_spend;",
            "DROP TABLE insights_session_spend;",
            "ALTER TABLE insights_session_spend_by_id RENAME TO insights_session_spend;",
            """
            CREATE TABLE "insights_session_yields_by_id" (
                "session_id" TEXT NOT NULL CONSTRAINT "PK_insights_session_yields" PRIMARY KEY,
                "shipped" INTEGER NOT NULL,
                "reverted" INTEGER NOT NULL,
                "lost" INTEGER NOT NULL,
                "low" INTEGER NOT NULL,
                "shipped_lines" INTEGER NOT NULL,
                "is_traceable" INTEGER NOT NULL
            ) WITHOUT ROWID;
            """,
            "INSERT INTO insights_session_yields_by_id (session_id, shipped, reverted, lost, low, shipped_lines, is_traceable) SELECT session_id, shipped, reverted, lost, low, shipped_lines, is_traceable FROM insights_session_yields;",
            "DROP TABLE insights_session_yields;",
            "ALTER TABLE insights_session_yields_by_id RENAME TO insights_session_yields;",
        ];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_insights_session_work_last_at_ms",
                table: "insights_session_work");

            migrationBuilder.AddColumn<string>(
                name: "agent_id",
                table: "insights_session_errors",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "generation",
                table: "insights_session_errors",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "ordinal",
                table: "insights_session_errors",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            foreach (var sql in Tables)
            {
                migrationBuilder.Sql(sql);
            }

            migrationBuilder.CreateIndex(
                name: "ix_insights_session_work_last_at_ms_session_id",
                table: "insights_session_work",
                columns: new[] { "last_at_ms", "session_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "insights_session_asks");

            migrationBuilder.DropTable(
                name: "insights_tool_errors");

            migrationBuilder.DropIndex(
                name: "ix_insights_session_work_last_at_ms_session_id",
                table: "insights_session_work");

            migrationBuilder.DropColumn(
                name: "agent_id",
                table: "insights_session_errors");

            migrationBuilder.DropColumn(
                name: "generation",
                table: "insights_session_errors");

            migrationBuilder.DropColumn(
                name: "ordinal",
                table: "insights_session_errors");

            migrationBuilder.CreateIndex(
                name: "ix_insights_session_work_last_at_ms",
                table: "insights_session_work",
                column: "last_at_ms");
        }
    }
}
