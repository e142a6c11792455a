using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Insights.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class UsageByTime : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_insights_usage_entry_session_id",
                table: "insights_usage");

            migrationBuilder.CreateIndex(
                name: "ix_insights_usage_entry_session_id_at_ms",
                table: "insights_usage",
                columns: new[] { "session_id", "at_ms" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_insights_usage_entry_session_id_at_ms",
                table: "insights_usage");

            migrationBuilder.CreateIndex(
                name: "ix_insights_usage_entry_session_id",
                table: "insights_usage",
                column: "session_id");
        }
    }
}
