using Carter;
using Muse.Autopilot;
using Muse.Board;
using Muse.BuildingBlocks;
using Muse.Copilot;
using Muse.Host.Cli;
using Muse.Host.Door;
using Muse.Host.Runtime;
using Muse.Host.Settings;
using Muse.Host.Web;
using Muse.Insights;
using Muse.Remote;
using Muse.Sessions;

RuntimeTuning.KeepFromChildren();
return await MuseCli.RunAsync(args, Compose);

static WebApplication Compose(HostSettings settings, string[] args)
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.UseMuseConfiguration(settings);
    builder.UseMuseLogging();
    builder.UseMuseListener(settings);

    builder.Services.AddMuseBuildingBlocks(settings.DatabasePath);
    builder.Services.AddSessionsModule(builder.Configuration);
    builder.Services.AddBoardModule();
    builder.Services.AddCopilotModule();
    builder.Services.AddAutopilotModule();
    builder.Services.AddRemoteModule();
    builder.Services.AddInsightsModule();
    builder.Services.AddHostedService<WarmUp>();
    builder.Services.AddHostedService<SpareMemory>();
    builder.Services.AddMuseProblems().AddMuseApiDocument().AddMuseCompression();

    var app = builder.Build();
    app.UseMuseDoor(settings.Door);
    app.UseExceptionHandler();
    app.UseMuseStatusProblems();
    app.UseStreamsThatEndAtShutdown();
    app.UseResponseCompression();
    app.UseMuseClientFiles();
    app.UseRouting();

    app.MapCarter();
    app.MapMuseApiDocument();
    app.MapMuseRuntime();
    app.UseEndpoints(_ => { });
    app.UseMuseClientPages();
    return app;
}
