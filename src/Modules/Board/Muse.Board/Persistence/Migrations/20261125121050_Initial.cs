using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Board.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "board_cards",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    agent = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<string>(type: "TEXT", nullable: true),
                    native_id = table.Column<string>(type: "TEXT", nullable: true),
                    pid = table.Column<long>(type: "INTEGER", nullable: true),
                    proc_start = table.Column<string>(type: "TEXT", nullable: true),
                    socket = table.Column<string>(type: "TEXT", nullable: true),
                    pane = table.Column<string>(type: "TEXT", nullable: true),
                    cwd = table.Column<string>(type: "TEXT", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    since_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    confidence = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: true),
                    detail = table.Column<string>(type: "TEXT", nullable: true),
                    known_state = table.Column<string>(type: "TEXT", nullable: true),
                    known_reason = table.Column<string>(type: "TEXT", nullable: true),
                    known_since_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_seq = table.Column<long>(type: "INTEGER", nullable: false),
                    removed = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_board_cards", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "board_errors",
                columns: table => new
                {
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_board_errors", x => new { x.session_id, x.at_ms, x.code });
                });

            migrationBuilder.CreateTable(
                name: "board_evidence",
                columns: table => new
                {
                    card_id = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    claim = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    detail = table.Column<string>(type: "TEXT", nullable: true),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    valid_until_ms = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_board_evidence", x => new { x.card_id, x.source });
                });

            migrationBuilder.CreateTable(
                name: "board_hook_counts",
                columns: table => new
                {
                    agent = table.Column<string>(type: "TEXT", nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false),
                    problems = table.Column<long>(type: "INTEGER", nullable: false),
                    last_at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_board_hook_counts", x => new { x.agent, x.@event });
                });

            migrationBuilder.CreateTable(
                name: "board_hooks",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    agent = table.Column<string>(type: "TEXT", nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", nullable: false),
                    native_id = table.Column<string>(type: "TEXT", nullable: true),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    size_bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    problem = table.Column<string>(type: "TEXT", nullable: true),
                    payload = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_board_hooks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "board_marks",
                columns: table => new
                {
                    card_id = table.Column<string>(type: "TEXT", nullable: false),
                    pinned = table.Column<bool>(type: "INTEGER", nullable: false),
                    muted = table.Column<bool>(type: "INTEGER", nullable: false),
                    snoozed_until_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    snoozed_until_change = table.Column<bool>(type: "INTEGER", nullable: false),
                    seen_at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_board_marks", x => x.card_id);
                });

            migrationBuilder.CreateTable(
                name: "board_responses",
                columns: table => new
                {
                    identity = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    sidechain = table.Column<bool>(type: "INTEGER", nullable: false),
                    stated_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    input_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    output_tokens = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_board_responses", x => x.identity);
                });

            migrationBuilder.CreateTable(
                name: "board_rollups",
                columns: table => new
                {
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    project_path = table.Column<string>(type: "TEXT", nullable: true),
                    branch = table.Column<string>(type: "TEXT", nullable: true),
                    place_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    last_ask = table.Column<string>(type: "TEXT", nullable: true),
                    last_ask_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    last_action = table.Column<string>(type: "TEXT", nullable: true),
                    last_action_kind = table.Column<string>(type: "TEXT", nullable: true),
                    last_action_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    model = table.Column<string>(type: "TEXT", nullable: true),
                    model_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    context_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    context_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    input_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    output_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    responses = table.Column<long>(type: "INTEGER", nullable: false),
                    errors = table.Column<long>(type: "INTEGER", nullable: false),
                    last_error = table.Column<string>(type: "TEXT", nullable: true),
                    last_error_at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_board_rollups", x => x.session_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_board_response_row_session_id_at_ms",
                table: "board_responses",
                columns: new[] { "session_id", "at_ms" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "board_cards");

            migrationBuilder.DropTable(
                name: "board_errors");

            migrationBuilder.DropTable(
                name: "board_evidence");

            migrationBuilder.DropTable(
                name: "board_hook_counts");

            migrationBuilder.DropTable(
                name: "board_hooks");

            migrationBuilder.DropTable(
                name: "board_marks");

            migrationBuilder.DropTable(
                name: "board_responses");

            migrationBuilder.DropTable(
                name: "board_rollups");
        }
    }
}
