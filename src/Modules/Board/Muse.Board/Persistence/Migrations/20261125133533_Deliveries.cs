using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Board.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Deliveries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "board_deliveries",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    card_id = table.Column<string>(type: "TEXT", nullable: false),
                    agent = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    as_command = table.Column<bool>(type: "INTEGER", nullable: false),
                    fingerprint = table.Column<string>(type: "TEXT", nullable: true),
                    idempotency_key = table.Column<string>(type: "TEXT", nullable: false),
                    asked_by = table.Column<string>(type: "TEXT", nullable: false),
                    retry_of = table.Column<string>(type: "TEXT", nullable: true),
                    card_state = table.Column<string>(type: "TEXT", nullable: false),
                    card_reason = table.Column<string>(type: "TEXT", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    evidence = table.Column<string>(type: "TEXT", nullable: true),
                    pane = table.Column<string>(type: "TEXT", nullable: true),
                    set_draft_aside = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    typed_at_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    submitted_at_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_at_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    dismissed_at_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_seq = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_board_deliveries", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_board_delivery_row_card_id_created_at_ms",
                table: "board_deliveries",
                columns: new[] { "card_id", "created_at_ms" });

            migrationBuilder.CreateIndex(
                name: "ix_board_delivery_row_idempotency_key",
                table: "board_deliveries",
                column: "idempotency_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_board_delivery_row_state_created_at_ms",
                table: "board_deliveries",
                columns: new[] { "state", "created_at_ms" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "board_deliveries");
        }
    }
}
