using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Sessions.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "sessions_edits",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    item_key = table.Column<long>(type: "INTEGER", nullable: false),
                    path = table.Column<string>(type: "TEXT", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    added = table.Column<int>(type: "INTEGER", nullable: false),
                    removed = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_edits", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sessions_generations",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    transcript_id = table.Column<long>(type: "INTEGER", nullable: false),
                    device = table.Column<long>(type: "INTEGER", nullable: false),
                    inode = table.Column<long>(type: "INTEGER", nullable: false),
                    size_bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    modified_ns = table.Column<long>(type: "INTEGER", nullable: false),
                    committed_bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    prefix_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    reader_version = table.Column<int>(type: "INTEGER", nullable: false),
                    reader_state = table.Column<byte[]>(type: "BLOB", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    items = table.Column<long>(type: "INTEGER", nullable: false),
                    item_lines = table.Column<long>(type: "INTEGER", nullable: false),
                    folded_lines = table.Column<long>(type: "INTEGER", nullable: false),
                    unknown_lines = table.Column<long>(type: "INTEGER", nullable: false),
                    malformed_lines = table.Column<long>(type: "INTEGER", nullable: false),
                    blank_lines = table.Column<long>(type: "INTEGER", nullable: false),
                    prompts = table.Column<long>(type: "INTEGER", nullable: false),
                    replies = table.Column<long>(type: "INTEGER", nullable: false),
                    tools = table.Column<long>(type: "INTEGER", nullable: false),
                    errors = table.Column<long>(type: "INTEGER", nullable: false),
                    added_lines = table.Column<long>(type: "INTEGER", nullable: false),
                    removed_lines = table.Column<long>(type: "INTEGER", nullable: false),
                    superseded = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_generations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sessions_items",
                columns: table => new
                {
                    key = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    offset = table.Column<long>(type: "INTEGER", nullable: false),
                    length = table.Column<int>(type: "INTEGER", nullable: false),
                    block = table.Column<int>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    call_id = table.Column<string>(type: "TEXT", nullable: true),
                    flags = table.Column<int>(type: "INTEGER", nullable: false),
                    preview = table.Column<string>(type: "TEXT", nullable: false),
                    result_offset = table.Column<long>(type: "INTEGER", nullable: true),
                    result_length = table.Column<int>(type: "INTEGER", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: true),
                    agent_id = table.Column<string>(type: "TEXT", nullable: true),
                    images = table.Column<int>(type: "INTEGER", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_items", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "sessions_sessions",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    machine = table.Column<string>(type: "TEXT", nullable: false),
                    agent = table.Column<string>(type: "TEXT", nullable: false),
                    native_id = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    title_rank = table.Column<int>(type: "INTEGER", nullable: false),
                    project_path = table.Column<string>(type: "TEXT", nullable: true),
                    cwd = table.Column<string>(type: "TEXT", nullable: true),
                    branch = table.Column<string>(type: "TEXT", nullable: true),
                    model = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<string>(type: "TEXT", nullable: true),
                    started_at_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    last_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    prompts = table.Column<long>(type: "INTEGER", nullable: false),
                    replies = table.Column<long>(type: "INTEGER", nullable: false),
                    tools = table.Column<long>(type: "INTEGER", nullable: false),
                    errors = table.Column<long>(type: "INTEGER", nullable: false),
                    items = table.Column<long>(type: "INTEGER", nullable: false),
                    added_lines = table.Column<long>(type: "INTEGER", nullable: false),
                    removed_lines = table.Column<long>(type: "INTEGER", nullable: false),
                    agents = table.Column<long>(type: "INTEGER", nullable: false),
                    size_bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    committed_bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    unknown_lines = table.Column<long>(type: "INTEGER", nullable: false),
                    malformed_lines = table.Column<long>(type: "INTEGER", nullable: false),
                    last_prompt = table.Column<string>(type: "TEXT", nullable: true),
                    last_reply = table.Column<string>(type: "TEXT", nullable: true),
                    parent_native_id = table.Column<string>(type: "TEXT", nullable: true),
                    @internal = table.Column<bool>(name: "internal", type: "INTEGER", nullable: false),
                    missing = table.Column<bool>(type: "INTEGER", nullable: false),
                    changed_seq = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_sessions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sessions_transcripts",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    agent_id = table.Column<string>(type: "TEXT", nullable: true),
                    agent_type = table.Column<string>(type: "TEXT", nullable: true),
                    description = table.Column<string>(type: "TEXT", nullable: true),
                    parent_call_id = table.Column<string>(type: "TEXT", nullable: true),
                    agent = table.Column<string>(type: "TEXT", nullable: false),
                    root = table.Column<string>(type: "TEXT", nullable: false),
                    path = table.Column<string>(type: "TEXT", nullable: false),
                    generation = table.Column<long>(type: "INTEGER", nullable: false),
                    missing = table.Column<bool>(type: "INTEGER", nullable: false),
                    model = table.Column<string>(type: "TEXT", nullable: true),
                    started_at_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    last_at_ms = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_transcripts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sessions_unknown_types",
                columns: table => new
                {
                    generation = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<string>(type: "TEXT", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false),
                    first_offset = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_unknown_types", x => new { x.generation, x.version, x.type });
                });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_edit_row_item_key",
                table: "sessions_edits",
                column: "item_key");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_generation_row_transcript_id",
                table: "sessions_generations",
                column: "transcript_id");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_session_row_changed_seq",
                table: "sessions_sessions",
                column: "changed_seq");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_session_row_last_at_ms_id",
                table: "sessions_sessions",
                columns: new[] { "last_at_ms", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_session_row_machine_agent_native_id",
                table: "sessions_sessions",
                columns: new[] { "machine", "agent", "native_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_transcript_row_path",
                table: "sessions_transcripts",
                column: "path",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_transcript_row_session_id_agent_id",
                table: "sessions_transcripts",
                columns: new[] { "session_id", "agent_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "sessions_edits");

            migrationBuilder.DropTable(
                name: "sessions_generations");

            migrationBuilder.DropTable(
                name: "sessions_items");

            migrationBuilder.DropTable(
                name: "sessions_sessions");

            migrationBuilder.DropTable(
                name: "sessions_transcripts");

            migrationBuilder.DropTable(
                name: "sessions_unknown_types");
        }
    }
}
