using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Insights.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class CommitsAndTheirOrigins : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "insights_commit_files",
                columns: table => new
                {
                    repository_id = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    path = table.Column<string>(type: "TEXT", nullable: false),
                    added_lines = table.Column<int>(type: "INTEGER", nullable: false),
                    removed_lines = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_commit_files", x => new { x.repository_id, x.hash, x.path });
                });

            migrationBuilder.CreateTable(
                name: "insights_commit_origins",
                columns: table => new
                {
                    repository_id = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    confidence = table.Column<int>(type: "INTEGER", nullable: false),
                    why = table.Column<string>(type: "TEXT", nullable: false),
                    is_counted = table.Column<bool>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    model = table.Column<string>(type: "TEXT", nullable: false),
                    project_path = table.Column<string>(type: "TEXT", nullable: false),
                    fate = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_commit_origins", x => new { x.repository_id, x.hash, x.session_id });
                });

            migrationBuilder.CreateTable(
                name: "insights_commits",
                columns: table => new
                {
                    repository_id = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    tree = table.Column<string>(type: "TEXT", nullable: false),
                    parents = table.Column<string>(type: "TEXT", nullable: false),
                    author_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    committer_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    patch_id = table.Column<string>(type: "TEXT", nullable: true),
                    inverse_patch_id = table.Column<string>(type: "TEXT", nullable: true),
                    branch_patch_id = table.Column<string>(type: "TEXT", nullable: true),
                    reverts = table.Column<string>(type: "TEXT", nullable: true),
                    made_in = table.Column<string>(type: "TEXT", nullable: true),
                    is_reachable = table.Column<bool>(type: "INTEGER", nullable: false),
                    reverted_by = table.Column<string>(type: "TEXT", nullable: true),
                    replaced_by = table.Column<string>(type: "TEXT", nullable: true),
                    added_lines = table.Column<int>(type: "INTEGER", nullable: false),
                    removed_lines = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_commits", x => new { x.repository_id, x.hash });
                });

            migrationBuilder.CreateTable(
                name: "insights_git_folders",
                columns: table => new
                {
                    folder = table.Column<string>(type: "TEXT", nullable: false),
                    worktree = table.Column<string>(type: "TEXT", nullable: true),
                    looked_at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_git_folders", x => x.folder);
                });

            migrationBuilder.CreateTable(
                name: "insights_repositories",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    common_dir = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    problem = table.Column<string>(type: "TEXT", nullable: true),
                    print = table.Column<string>(type: "TEXT", nullable: true),
                    tips = table.Column<string>(type: "TEXT", nullable: false),
                    since_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    looked_at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_repositories", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "insights_seen_commits",
                columns: table => new
                {
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: true),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_seen_commits", x => new { x.session_id, x.hash });
                });

            migrationBuilder.CreateTable(
                name: "insights_session_edits",
                columns: table => new
                {
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    path = table.Column<string>(type: "TEXT", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    added_lines = table.Column<int>(type: "INTEGER", nullable: false),
                    removed_lines = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_session_edits", x => new { x.session_id, x.path, x.at_ms });
                });

            migrationBuilder.CreateTable(
                name: "insights_session_errors",
                columns: table => new
                {
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_session_errors", x => new { x.at_ms, x.session_id, x.code });
                });

            migrationBuilder.CreateTable(
                name: "insights_session_folders",
                columns: table => new
                {
                    folder = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_session_folders", x => new { x.session_id, x.folder });
                });

            migrationBuilder.CreateTable(
                name: "insights_session_work",
                columns: table => new
                {
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    agent = table.Column<string>(type: "TEXT", nullable: false),
                    project_path = table.Column<string>(type: "TEXT", nullable: false),
                    project_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    first_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    last_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    is_stale = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_session_work", x => x.session_id);
                });

            migrationBuilder.CreateTable(
                name: "insights_session_yields",
                columns: table => new
                {
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    shipped = table.Column<int>(type: "INTEGER", nullable: false),
                    reverted = table.Column<int>(type: "INTEGER", nullable: false),
                    lost = table.Column<int>(type: "INTEGER", nullable: false),
                    low = table.Column<int>(type: "INTEGER", nullable: false),
                    shipped_lines = table.Column<long>(type: "INTEGER", nullable: false),
                    is_traceable = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_session_yields", x => x.session_id);
                });

            migrationBuilder.CreateTable(
                name: "insights_worktrees",
                columns: table => new
                {
                    folder = table.Column<string>(type: "TEXT", nullable: false),
                    repository_id = table.Column<long>(type: "INTEGER", nullable: true),
                    git_dir = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    problem = table.Column<string>(type: "TEXT", nullable: true),
                    looked_at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_worktrees", x => x.folder);
                });

            migrationBuilder.CreateIndex(
                name: "ix_insights_commit_origin_at_ms_fate_confidence_model_project_path",
                table: "insights_commit_origins",
                columns: new[] { "at_ms", "fate", "confidence", "model", "project_path" },
                filter: "is_counted = 1");

            migrationBuilder.CreateIndex(
                name: "ix_insights_commit_origin_session_id",
                table: "insights_commit_origins",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_insights_repository_common_dir",
                table: "insights_repositories",
                column: "common_dir",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_insights_session_folder_folder",
                table: "insights_session_folders",
                column: "folder");

            migrationBuilder.CreateIndex(
                name: "ix_insights_session_work_is_stale",
                table: "insights_session_work",
                column: "is_stale",
                filter: "is_stale = 1");

            migrationBuilder.CreateIndex(
                name: "ix_insights_session_work_last_at_ms",
                table: "insights_session_work",
                column: "last_at_ms");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "insights_commit_files");

            migrationBuilder.DropTable(
                name: "insights_commit_origins");

            migrationBuilder.DropTable(
                name: "insights_commits");

            migrationBuilder.DropTable(
                name: "insights_git_folders");

            migrationBuilder.DropTable(
                name: "insights_repositories");

            migrationBuilder.DropTable(
                name: "insights_seen_commits");

            migrationBuilder.DropTable(
                name: "insights_session_edits");

            migrationBuilder.DropTable(
                name: "insights_session_errors");

            migrationBuilder.DropTable(
                name: "insights_session_folders");

            migrationBuilder.DropTable(
                name: "insights_session_work");

            migrationBuilder.DropTable(
                name: "insights_session_yields");

            migrationBuilder.DropTable(
                name: "insights_worktrees");
        }
    }
}
