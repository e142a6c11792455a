using System.Buffers;
using System.Globalization;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Contracts.Sessions;
using Muse.Insights.Persistence;

namespace Muse.Insights.Features.ReportStatusLine;

/// <summary>
/// Takes what Claude Code gives the command of its status line, keeps what that says of usage windows, and answers with a line to show
/// there, so that <c>curl</c> is all the command needs. <c>POST /api/limits/claude-code/status-line</c>
/// </summary>
internal static class ReportStatusLine
{
    private const string Agent = "claude-code";
    private const int MostBytes = 256 * 1024;

    /// <param name="Json">Null if it is longer than is taken.</param>
    public sealed record Command(ReadOnlyMemory<byte>? Json) : IRequest<Result<string>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPost("/api/limits/claude-code/status-line", async (HttpRequest request, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(await ReadAsync(request, ct)), ct)).ToHttp(line => TypedResults.Text(line)))
            .WithName("ReportStatusLine").WithTags("Insights")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .ProducesProblem(StatusCodes.Status400BadRequest);

        private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken ct)
        {
            var body = new ArrayBufferWriter<byte>();
            int read;
            while ((read = await request.Body.ReadAsync(body.GetMemory(16 * 1024), ct)) > 0)
            {
                body.Advance(read);
                if (body.WrittenCount > MostBytes)
                {
                    return null;
                }
            }

            return body.WrittenMemory;
        }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Json).NotNull().OverridePropertyName("body").WithMessage($"Send at most {MostBytes / 1024} KB.");
    }

    public sealed class Handler(MuseDatabase database, TimeProvider clock) : IRequestHandler<Command, Result<string>>
    {
        /// <summary>A status line is made again several times a second; what did not change is kept this often.</summary>
        private const long KeepEveryMs = 60_000;

        private const string Last = """
            SELECT last_basis_points, last_at_ms FROM insights_reported_windows WHERE agent = ? AND name = '' AND minutes = ? AND end_step = ?
            """;

        public async Task<Result<string>> Handle(Command command, CancellationToken ct)
        {
            if (StatusLineInput.Read(command.Json!.Value, clock.GetUtcNow().ToUnixTimeMilliseconds()) is not { } input) // the validator saw it
            {
                return new Problem(ProblemKind.Invalid, "status-line-unreadable", "Send the JSON object that Claude Code gives the command of its status line.");
            }

            var news = input.Windows.Where(IsNews).ToList();
            if (news.Count > 0)
            {
                await KeepAsync(news, ct);
            }

            return LineOf(input, clock.LocalTimeZone);
        }

        private bool IsNews(LimitSeen window)
        {
            using var reader = database.Read();
            var last = reader.Query(Last).Bind(Agent).Bind(window.WindowMinutes).Bind(WindowWrite.EndStep(window)).All(row => (Points: row.Number(0), AtMs: row.Number(1)));
            return last is not [var (points, atMs)] || points != WindowWrite.BasisPoints(window) || window.AtMs - atMs >= KeepEveryMs;
        }

        private async Task KeepAsync(List<LimitSeen> windows, CancellationToken ct)
        {
            using var gate = await database.EnterWriteAsync(ct);
            using var connection = database.Open();
            using var transaction = connection.BeginTransaction(deferred: false);
            using var write = new PreparedStatement(connection, WindowWrite.Reported);
            windows.ForEach(window => WindowWrite.Run(write, Agent, window));
            await transaction.CommitAsync(CancellationToken.None);
        }

        /// <summary><c>Opus 5 · context 42% · 5h 23% until 19:20 · week 41% until Fri 09:00</c></summary>
        private static string LineOf(StatusLineInput input, TimeZoneInfo zone)
        {
            var parts = new List<string>();
            if (input.Model is { } model)
            {
                parts.Add(model);
            }

            if (input.ContextPercent is { } context)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"context {context:0}%"));
            }

            foreach (var window in input.Windows)
            {
                var end = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(window.ResetsAtMs!.Value), zone); // those without an end are not taken
                var isDay = window.WindowMinutes < 24 * 60;
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{(isDay ? "5h" : "week")} {window.UsedPercent:0}% until {end.ToString(isDay ? "HH:mm" : "ddd HH:mm", CultureInfo.InvariantCulture)}"));
            }

            return string.Join(" · ", parts);
        }
    }
}
