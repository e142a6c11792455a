using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Insights.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class PricedUsage : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "context_window",
                table: "insights_usage",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "cost_micro_usd",
                table: "insights_usage",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "insights_priced_by",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    sheet = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_priced_by", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_insights_usage_entry_model",
                table: "insights_usage",
                column: "model",
                filter: "cost_micro_usd IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "insights_priced_by");

            migrationBuilder.DropIndex(
                name: "ix_insights_usage_entry_model",
                table: "insights_usage");

            migrationBuilder.DropColumn(
                name: "context_window",
                table: "insights_usage");

            migrationBuilder.DropColumn(
                name: "cost_micro_usd",
                table: "insights_usage");
        }
    }
}
