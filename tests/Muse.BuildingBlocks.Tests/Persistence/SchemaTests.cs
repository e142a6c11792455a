using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Modules;
using Muse.Testing;

namespace Muse.BuildingBlocks.Tests.Persistence;

public sealed class SchemaTests(MuseHost muse) : IClassFixture<MuseHost>
{
    // Fails when a migration is added or changed and nobody ran ./muse migrate.
    [Fact]
    public async Task The_script_of_each_module_is_what_its_migrations_make()
    {
        await using var scope = muse.Services.CreateAsyncScope();
        foreach (var module in muse.Services.GetServices<ModuleDefinition>().Where(m => m.ContextType is not null))
        {
            var context = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.ContextType!); // only those with one are asked
            var migrator = context.GetService<IMigrator>();

            Assert.Equal(Lines(migrator.GenerateScript()), Lines(module.ReadSchema()));
        }
    }

    private static string[] Lines(string? script) => script?.TrimStart('\uFEFF').Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0).ToArray() ?? [];
}
