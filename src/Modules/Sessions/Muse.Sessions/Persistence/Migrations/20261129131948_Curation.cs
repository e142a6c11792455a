using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Sessions.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Curation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "context_tokens",
                table: "sessions_transcripts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "context_window",
                table: "sessions_transcripts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "sessions_curation",
                columns: table => new
                {
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: true),
                    pinned = table.Column<bool>(type: "INTEGER", nullable: false),
                    starred = table.Column<bool>(type: "INTEGER", nullable: false),
                    archived = table.Column<bool>(type: "INTEGER", nullable: false),
                    read_at_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    revision = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_curation", x => x.session_id);
                });

            migrationBuilder.CreateTable(
                name: "sessions_digests",
                columns: table => new
                {
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    is_fork = table.Column<bool>(type: "INTEGER", nullable: false),
                    findings = table.Column<string>(type: "TEXT", nullable: false),
                    brief = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_digests", x => x.session_id);
                });

            migrationBuilder.CreateTable(
                name: "sessions_note_links",
                columns: table => new
                {
                    note_id = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_note_links", x => new { x.note_id, x.session_id });
                });

            migrationBuilder.CreateTable(
                name: "sessions_notes",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    agent_id = table.Column<string>(type: "TEXT", nullable: true),
                    anchor = table.Column<string>(type: "TEXT", nullable: true),
                    item_preview = table.Column<string>(type: "TEXT", nullable: true),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    created_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_notes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sessions_open_loops",
                columns: table => new
                {
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    item = table.Column<string>(type: "TEXT", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_open_loops", x => new { x.session_id, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "sessions_read_start",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_read_start", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sessions_session_tags",
                columns: table => new
                {
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    tag = table.Column<string>(type: "TEXT", nullable: false),
                    is_on = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_session_tags", x => new { x.session_id, x.tag });
                });

            migrationBuilder.CreateTable(
                name: "sessions_tags",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    color = table.Column<string>(type: "TEXT", nullable: false),
                    rule = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_tags", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "sessions_touched",
                columns: table => new
                {
                    path = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    edits = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_touched", x => new { x.path, x.session_id });
                });

            migrationBuilder.CreateTable(
                name: "sessions_views",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    filter = table.Column<string>(type: "TEXT", nullable: false),
                    created_at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_views", x => x.name);
                });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_note_link_row_session_id",
                table: "sessions_note_links",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_note_row_session_id",
                table: "sessions_notes",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_session_tag_row_tag",
                table: "sessions_session_tags",
                column: "tag");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_touched_row_session_id",
                table: "sessions_touched",
                column: "session_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "sessions_curation");

            migrationBuilder.DropTable(
                name: "sessions_digests");

            migrationBuilder.DropTable(
                name: "sessions_note_links");

            migrationBuilder.DropTable(
                name: "sessions_notes");

            migrationBuilder.DropTable(
                name: "sessions_open_loops");

            migrationBuilder.DropTable(
                name: "sessions_read_start");

            migrationBuilder.DropTable(
                name: "sessions_session_tags");

            migrationBuilder.DropTable(
                name: "sessions_tags");

            migrationBuilder.DropTable(
                name: "sessions_touched");

            migrationBuilder.DropTable(
                name: "sessions_views");

            migrationBuilder.DropColumn(
                name: "context_tokens",
                table: "sessions_transcripts");

            migrationBuilder.DropColumn(
                name: "context_window",
                table: "sessions_transcripts");
        }
    }
}
