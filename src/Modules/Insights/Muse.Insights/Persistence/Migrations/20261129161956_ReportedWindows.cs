using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Insights.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class ReportedWindows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "insights_reported_windows",
                columns: table => new
                {
                    agent = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    end_step = table.Column<long>(type: "INTEGER", nullable: false),
                    first_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    first_basis_points = table.Column<int>(type: "INTEGER", nullable: false),
                    last_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    last_basis_points = table.Column<int>(type: "INTEGER", nullable: false),
                    ends_at_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    plan = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_reported_windows", x => new { x.agent, x.name, x.minutes, x.end_step });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "insights_reported_windows");
        }
    }
}
