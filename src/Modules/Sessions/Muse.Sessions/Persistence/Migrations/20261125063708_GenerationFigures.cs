using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Sessions.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class GenerationFigures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "added_lines",
                table: "sessions_generations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "errors",
                table: "sessions_generations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "prompts",
                table: "sessions_generations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "removed_lines",
                table: "sessions_generations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "replies",
                table: "sessions_generations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "tools",
                table: "sessions_generations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "added_lines",
                table: "sessions_generations");

            migrationBuilder.DropColumn(
                name: "errors",
                table: "sessions_generations");

            migrationBuilder.DropColumn(
                name: "prompts",
                table: "sessions_generations");

            migrationBuilder.DropColumn(
                name: "removed_lines",
                table: "sessions_generations");

            migrationBuilder.DropColumn(
                name: "replies",
                table: "sessions_generations");

            migrationBuilder.DropColumn(
                name: "tools",
                table: "sessions_generations");
        }
    }
}
