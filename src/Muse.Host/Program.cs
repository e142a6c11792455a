using Muse.BuildingBlocks;
using Muse.Insights;
using Muse.Sessions;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddMuseBuildingBlocks(Path.GetFullPath("muse.db"));
builder.Services.AddSessionsModule(builder.Configuration).AddInsightsModule();
var app = builder.Build();
app.Run();
