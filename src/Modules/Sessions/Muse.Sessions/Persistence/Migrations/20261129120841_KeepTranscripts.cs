using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Sessions.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class KeepTranscripts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "sessions_kept_files",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    generation = table.Column<long>(type: "INTEGER", nullable: false),
                    agent = table.Column<string>(type: "TEXT", nullable: false),
                    root = table.Column<string>(type: "TEXT", nullable: false),
                    path = table.Column<string>(type: "TEXT", nullable: false),
                    file = table.Column<string>(type: "TEXT", nullable: false),
                    place = table.Column<string>(type: "TEXT", nullable: false),
                    bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    stored_bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    total = table.Column<long>(type: "INTEGER", nullable: false),
                    chain = table.Column<byte[]>(type: "BLOB", nullable: false),
                    device = table.Column<long>(type: "INTEGER", nullable: false),
                    inode = table.Column<long>(type: "INTEGER", nullable: false),
                    size_bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    modified_ns = table.Column<long>(type: "INTEGER", nullable: false),
                    read_bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    read_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    dropped = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_kept_files", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sessions_kept_frames",
                columns: table => new
                {
                    kept_file = table.Column<long>(type: "INTEGER", nullable: false),
                    offset = table.Column<long>(type: "INTEGER", nullable: false),
                    length = table.Column<int>(type: "INTEGER", nullable: false),
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    stored_bytes = table.Column<int>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_kept_frames", x => new { x.kept_file, x.offset });
                });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_kept_file_row_file",
                table: "sessions_kept_files",
                column: "file",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_kept_file_row_generation",
                table: "sessions_kept_files",
                column: "generation");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_kept_file_row_path",
                table: "sessions_kept_files",
                column: "path");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "sessions_kept_files");

            migrationBuilder.DropTable(
                name: "sessions_kept_frames");
        }
    }
}
