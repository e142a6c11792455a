using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Insights.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class AgentMinutes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // In the key's own tree, as what else is found by its key alone.
            migrationBuilder.Sql("""
                CREATE TABLE "insights_agent_minutes" (
                    "quarter" INTEGER NOT NULL,
                    "session_id" TEXT NOT NULL,
                    "agent_id" TEXT NOT NULL,
                    "minutes" INTEGER NOT NULL,
                    CONSTRAINT "PK_insights_agent_minutes" PRIMARY KEY ("quarter", "session_id", "agent_id")
                ) WITHOUT ROWID;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "insights_agent_minutes");
        }
    }
}
