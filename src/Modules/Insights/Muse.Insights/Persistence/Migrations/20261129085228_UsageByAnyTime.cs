using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Insights.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class UsageByAnyTime : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_insights_usage_entry_at_ms",
                table: "insights_usage",
                column: "at_ms");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_insights_usage_entry_at_ms",
                table: "insights_usage");
        }
    }
}
