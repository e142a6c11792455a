using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Scalar.AspNetCore;

namespace Muse.Host.Web;

/// <summary>How the API is written and described: JSON, the OpenAPI document, its readable page.</summary>
internal static class ApiDocument
{
    public const string Name = "v1";

    public static IServiceCollection AddMuseApiDocument(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
            // Else every number is "number or string" in the generated client.
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
        });
        return services.AddOpenApi(Name, options =>
        {
            options.CreateSchemaReferenceId = SchemaName;
            options.AddDocumentTransformer((document, _, _) =>
            {
                (document.Info.Title, document.Info.Version) = ("Muse", "1");
                // The document is one file for every machine; the port is a setting.
                document.Servers = [];
                return Task.CompletedTask;
            });
            options.AddMuseDescription();
        });
    }

    public static void MapMuseApiDocument(this WebApplication app)
    {
        // One document, one address: with a name in the pattern, unknown ones are answered past our problems.
        app.MapOpenApi($"/openapi/{Name}.json");
        app.MapScalarApiReference("/docs", options => options
            .WithTitle("Muse API")
            .WithOpenApiRoutePattern("/openapi/{documentName}.json")
            .DisableDefaultFonts()
            .DisableTelemetry());
    }

    /// <summary>A slice's nested types share their names with every other slice's: the slice stands before them.</summary>
    private static string? SchemaName(JsonTypeInfo type)
    {
        var plain = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        var named = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return plain is not null && named is { IsGenericType: false, DeclaringType: { } slice } ? slice.Name + named.Name : plain;
    }
}
