using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Muse.Insights.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class SpendByItsWriters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The sums stay as they are; whoever writes rows keeps them from now on.
            foreach (var trigger in SpendRollups.Triggers)
            {
                migrationBuilder.Sql($"DROP TRIGGER {trigger};");
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var sql in SpendRollups.Keep())
            {
                migrationBuilder.Sql(sql);
            }
        }
    }
}
