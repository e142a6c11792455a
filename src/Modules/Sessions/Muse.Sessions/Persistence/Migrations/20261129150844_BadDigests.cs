using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Sessions.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class BadDigests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_sessions_digest_row_session_id",
                table: "sessions_digests",
                column: "session_id",
                filter: "instr(findings, '\"severity\":\"bad\"') > 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_sessions_digest_row_session_id",
                table: "sessions_digests");
        }
    }
}
