using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Muse.Host.Web;

/// <summary>What the framework leaves out of the OpenAPI document: words, limits, and problems as they are answered.</summary>
internal static class ApiDescription
{
    private const string ProblemMediaType = "application/problem+json";

    public static void AddMuseDescription(this OpenApiOptions options)
    {
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(ProblemDetails) && context.JsonPropertyInfo is null)
            {
                DescribeProblem(schema);
            }

            var words = context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: true);
            if (words is [AllowedValuesAttribute allowed, ..])
            {
                Restrict(schema, allowed);
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, ct) =>
        {
            foreach (var described in context.Description.ParameterDescriptions)
            {
                var parameter = operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(p => p.Name == described.Name);
                if (parameter is not null && described.ParameterDescriptor is IParameterInfoParameterDescriptor { ParameterInfo: var declared })
                {
                    Describe(parameter, declared);
                }
            }

            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            // Whoever builds it, the same document: the order in which endpoints are found is that of the files on the disk.
            var paths = document.Paths.OrderBy(p => p.Key, StringComparer.Ordinal).ToList();
            document.Paths = [];
            foreach (var (path, item) in paths)
            {
                document.Paths.Add(path, item);
            }

            document.Tags = document.Tags?.OrderBy(t => t.Name, StringComparer.Ordinal).ToHashSet();
            foreach (var operation in paths.SelectMany(p => p.Value.Operations?.Values.AsEnumerable() ?? []))
            {
                operation.Responses ??= [];
                operation.Responses["default"] = new OpenApiResponse
                {
                    Description = "Any other outcome",
                    Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                    {
                        [ProblemMediaType] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), document) },
                    },
                };
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>Parameters are read as text, so that a wrong one gets our own words; the document says what is meant.</summary>
    private static void Describe(OpenApiParameter parameter, ParameterInfo declared)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.String };
        switch (declared.GetCustomAttribute<AllowedValuesAttribute>())
        {
            case { Values: ["true", "false"] }:
                schema.Type = JsonSchemaType.Boolean;
                break;
            case { } allowed:
                Restrict(schema, allowed);
                break;
        }

        if (declared.GetCustomAttribute<StringLengthAttribute>() is { } length)
        {
            (schema.MinLength, schema.MaxLength) = (length.MinimumLength == 0 ? null : length.MinimumLength, length.MaximumLength);
        }

        if (declared.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            schema.Type = JsonSchemaType.Integer;
            schema.Minimum = Convert.ToString(range.Minimum, CultureInfo.InvariantCulture);
            schema.Maximum = Convert.ToString(range.Maximum, CultureInfo.InvariantCulture);
        }

        if (declared.GetCustomAttribute<DefaultValueAttribute>()?.Value is string otherwise)
        {
            schema.Default = schema.Type == JsonSchemaType.Integer
                ? JsonValue.Create(int.Parse(otherwise, CultureInfo.InvariantCulture))
                : JsonValue.Create(otherwise);
        }

        parameter.Schema = schema;
        parameter.Required = parameter.In == ParameterLocation.Path || declared.GetCustomAttribute<RequiredAttribute>() is not null;
        parameter.Description = declared.GetCustomAttribute<DescriptionAttribute>()?.Description;
    }

    private static void Restrict(OpenApiSchema schema, AllowedValuesAttribute allowed)
    {
        var target = schema.Items as OpenApiSchema ?? schema;
        target.Enum = [.. allowed.Values.Select(value => JsonValue.Create((string)value!))];
        if (target.Type?.HasFlag(JsonSchemaType.Null) == true)
        {
            target.Enum.Add(JsonNullSentinel.JsonNull);
        }
    }

    private static void DescribeProblem(OpenApiSchema schema)
    {
        OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
        schema.Description = "What went wrong and what to do about it (RFC 9457).";
        schema.Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "detail", "code" };
        schema.Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = Text("urn:muse:problem: and the code."),
            ["title"] = Text("The same for every problem of a status."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            ["detail"] = Text("What happened and what to do, for a person."),
            ["code"] = Text("For a program."),
            ["traceId"] = Text("Names the request in the log of the server."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "What is wrong with each parameter.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        };
    }
}
