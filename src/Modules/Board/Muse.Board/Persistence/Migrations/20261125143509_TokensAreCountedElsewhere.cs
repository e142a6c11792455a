using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Board.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class TokensAreCountedElsewhere : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "board_responses");

            migrationBuilder.DropColumn(
                name: "input_tokens",
                table: "board_rollups");

            migrationBuilder.DropColumn(
                name: "output_tokens",
                table: "board_rollups");

            migrationBuilder.DropColumn(
                name: "responses",
                table: "board_rollups");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "input_tokens",
                table: "board_rollups",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "output_tokens",
                table: "board_rollups",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "responses",
                table: "board_rollups",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "board_responses",
                columns: table => new
                {
                    identity = table.Column<string>(type: "TEXT", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    input_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    output_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    sidechain = table.Column<bool>(type: "INTEGER", nullable: false),
                    stated_at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_board_responses", x => x.identity);
                });

            migrationBuilder.CreateIndex(
                name: "ix_board_response_row_session_id_at_ms",
                table: "board_responses",
                columns: new[] { "session_id", "at_ms" });
        }
    }
}
