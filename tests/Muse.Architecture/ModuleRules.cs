using System.Reflection;
using System.Text.RegularExpressions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Modules;
using Muse.BuildingBlocks.Results;
using Muse.Contracts;

namespace Muse.Architecture;

/// <summary>What keeps six modules six. Each rule was seen to fail once on the case its comment names.</summary>
public sealed partial class ModuleRules
{
    // Fails when Muse.Insights references Muse.Sessions.
    [Fact]
    public void A_module_references_building_blocks_and_no_other_module()
    {
        var foreign = House.Modules.SelectMany(m => m.GetReferencedAssemblies()
            .Where(r => House.Modules.Any(other => other != m && other.GetName().Name == r.Name))
            .Select(r => $"{m.GetName().Name} -> {r.Name}"));

        Assert.Empty(foreign);
    }

    // Fails when a row class is made public.
    [Fact]
    public void A_module_shows_its_registration_and_nothing_else()
    {
        var shown = House.Modules.SelectMany(m => m.GetExportedTypes())
            .Where(t => !t.Name.EndsWith("Module", StringComparison.Ordinal) && !IsMigration(t))
            .Select(t => t.FullName);

        Assert.Empty(shown);
    }

    // Fails when Features/GetItem names Features.GetSession.
    [Fact]
    public void A_slice_knows_no_other_slice()
    {
        var reaching = House.Sources("src/Modules").Select(path => (path, slice: SliceOf(path))).Where(s => s.slice is not null)
            .SelectMany(s => UsedSlice().Matches(File.ReadAllText(s.path)).Select(m => m.Groups[1].Value)
                .Where(used => used != s.slice).Select(used => $"{s.slice} -> {used}"))
            .Distinct();

        Assert.Empty(reaching);
    }

    // Fails when the host is named in a module, or a module is composed anywhere else than in the host.
    [Fact]
    public void The_host_alone_composes()
    {
        var others = House.Modules.Append(House.BuildingBlocks).Append(House.Contracts)
            .Where(a => a.GetReferencedAssemblies().Any(r => r.Name == "muse-host")).Select(a => a.GetName().Name);

        Assert.Empty(others);
        Assert.DoesNotContain(House.BuildingBlocks.GetReferencedAssemblies(), r => House.Modules.Any(m => m.GetName().Name == r.Name));
    }

    // Fails when an entity is mapped to "usage" instead of "insights_usage".
    [Fact]
    public void Every_table_has_its_modules_prefix()
    {
        var strays = House.Modules.SelectMany(m => m.GetTypes()).Where(t => t.IsAssignableTo(typeof(ModuleDbContext))).SelectMany(context =>
        {
            var builder = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(context))!;
            using var db = (ModuleDbContext)Activator.CreateInstance(context, builder.UseSqlite("Data Source=:memory:").Options)!;
            return db.Model.GetEntityTypes().Select(e => e.GetTableName() ?? "").Where(t => !t.StartsWith(db.Module + "_", StringComparison.Ordinal)).ToList();
        });

        Assert.Empty(strays);
    }

    // Fails when a query in Insights joins sessions_sessions.
    [Fact]
    public void No_sql_names_another_modules_table()
    {
        var names = House.Modules.Select(m => m.GetName().Name!["Muse.".Length..].ToLowerInvariant()).ToList();
        var foreign = House.Sources("src/Modules").SelectMany(path =>
        {
            var own = path[(House.Root.Length + "/src/Modules/".Length)..].Split('/')[0].ToLowerInvariant();
            return Tables().Matches(File.ReadAllText(path)).Select(m => m.Value)
                .Where(table => names.Exists(n => n != own && table.StartsWith(n + "_", StringComparison.Ordinal)))
                .Select(table => $"{Path.GetFileName(path)}: {table}");
        });

        Assert.Empty(foreign);
    }

    // Fails when a handler calls mediator.Publish: a fact is recorded, a question is asked through IQuestions.
    [Fact]
    public void No_module_publishes()
    {
        var calls = House.Sources("src/Modules").Where(p => File.ReadAllText(p).Contains("mediator.Publish(", StringComparison.OrdinalIgnoreCase));

        Assert.Empty(calls);
    }

    // Fails when a handler returns its response bare: validation hangs on Result.
    [Fact]
    public void Every_request_answers_with_a_result()
    {
        var bare = House.Modules.SelectMany(m => m.GetTypes())
            .SelectMany(t => t.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>)).Select(i => (t, answer: i.GetGenericArguments()[0])))
            .Where(r => !r.answer.IsGenericType || r.answer.GetGenericTypeDefinition() != typeof(Result<>))
            .Select(r => r.t.FullName);

        Assert.Empty(bare);
    }

    // Fails when GetItem.Query gets a field and no validator.
    [Fact]
    public void Every_request_with_fields_has_a_validator()
    {
        var types = House.Modules.SelectMany(m => m.GetTypes()).ToList();
        var validated = types.Select(t => t.BaseType).Where(b => b is { IsGenericType: true } && b.GetGenericTypeDefinition() == typeof(AbstractValidator<>))
            .Select(b => b!.GetGenericArguments()[0]).ToHashSet();
        var open = types.Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>)))
            .Where(t => t.IsClass && t.GetProperties(BindingFlags.Public | BindingFlags.Instance).Any(p => p.Name != "EqualityContract") && !validated.Contains(t))
            .Select(t => t.FullName);

        Assert.Empty(open);
    }

    // Fails when a class implements INotificationHandler<TranscriptRead> directly.
    [Fact]
    public void Every_handler_of_a_fact_is_a_projection_or_a_reaction()
    {
        var loose = House.Modules.SelectMany(m => m.GetTypes()).Where(t => t.GetInterfaces().Any(i =>
                i.IsGenericType && i.GetGenericTypeDefinition() == typeof(INotificationHandler<>) && i.GetGenericArguments()[0].IsAssignableTo(typeof(IFact))))
            .Where(t => !t.GetInterfaces().Any(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(IProjection<>) || i.GetGenericTypeDefinition() == typeof(IReaction<>))))
            .Select(t => t.FullName);

        Assert.Empty(loose);
    }

    // Fails when a question gets a second answering module, or none.
    [Fact]
    public void Every_question_is_answered_by_exactly_one_module()
    {
        var wrong = House.Contracts.GetTypes().Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IQuestion<>)))
            .Where(q => House.Modules.Count(m => m.GetTypes().Any(t => t.IsAssignableTo(typeof(INotificationHandler<>).MakeGenericType(q)))) != 1)
            .Select(q => q.FullName);

        Assert.Empty(wrong);
    }

    private static bool IsMigration(Type type) => type.Namespace?.EndsWith(".Migrations", StringComparison.Ordinal) == true;

    private static string? SliceOf(string path)
    {
        var parts = path.Split(Path.DirectorySeparatorChar);
        var features = Array.LastIndexOf(parts, "Features");
        return features > 0 && features + 2 < parts.Length ? parts[features + 1] : null;
    }

    [GeneratedRegex(@"using (?:static )?Muse\.\w+\.Features\.(\w+)")]
    private static partial Regex UsedSlice();

    [GeneratedRegex(@"(?<=\b(FROM|JOIN|INTO|UPDATE|TABLE)\s+)[a-z]+_[a-z_]+\b")]
    private static partial Regex Tables();
}
