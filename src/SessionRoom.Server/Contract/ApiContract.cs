using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace SessionRoom.Server;

/// <summary>The one description of what the server takes and answers, at <c>/openapi/v1.json</c>: HTTP, and the shapes and calls of the hub.</summary>
internal static class ApiContract
{
    public const string Token = "token", Key = "key";

    public static void Add(IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.CreateSchemaReferenceId = _ => null;
        options.AddDocumentTransformer((document, context, _) =>
        {
            Describe(document, context.DescriptionGroups.SelectMany(group => group.Items));
            return Task.CompletedTask;
        });
    });

    private static void Describe(OpenApiDocument document, IEnumerable<ApiDescription> calls)
    {
        document.Info = new()
        {
            Title = "SessionRoom", Version = $"{Calls.Protocol}",
            Description = "Rooms in which people speak in turn and write down what they will do. Times are Unix milliseconds of the server's clock; an absent field is unset, and nothing is `null` except inside a merge patch.",
            License = new() { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers = [new() { Url = "/" }];
        document.Components = new() { Schemas = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal), SecuritySchemes = Bearers() };
        var schemas = new ContractSchemas(document);
        foreach (var call in calls) Describe(document, call, schemas);
        HubContract.Describe(document, schemas);
        document.Components.Schemas = document.Components.Schemas.OrderBy(schema => schema.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    private static Dictionary<string, IOpenApiSecurityScheme> Bearers() => new(StringComparer.Ordinal)
    {
        [Token] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "A participant's token, for the room that it names." },
        [Key] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "secret, or id:secret", Description = "An integrator's key, for the rooms that it made. It never belongs into a page." },
    };

    private static void Describe(OpenApiDocument document, ApiDescription call, ContractSchemas schemas)
    {
        var operation = document.Paths[$"/{call.RelativePath!.TrimEnd('/')}"].Operations![HttpMethod.Parse(call.HttpMethod!)];
        var metadata = call.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        // A page is the same for every room and takes no parameter; its path has one all the same.
        if (call.RelativePath!.Contains("{id}", StringComparison.Ordinal) && !operation.Parameters.Any(parameter => parameter.Name == "id"))
            operation.Parameters.Add(new OpenApiParameter { Name = "id", In = ParameterLocation.Path, Required = true });
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>().Where(parameter => parameter is { Name: "id", In: ParameterLocation.Path }))
            (parameter.Schema, parameter.Description) = (Facets.PathRoom(), "The room's id.");
        if ((metadata.OfType<Takes>().LastOrDefault()?.Type ?? call.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source == BindingSource.Body)?.Type) is { } body) operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Json(schemas.Of(body, Travels.ToServer)) };
        foreach (var (name, words) in metadata.OfType<TakesWord>().Select(word => (word.Name, word.Words)))
            if (operation.Parameters.OfType<OpenApiParameter>().FirstOrDefault(parameter => parameter.Name == name) is { } parameter)
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. words.Select(word => (System.Text.Json.Nodes.JsonNode)word)], Default = words[0] };
        foreach (var number in metadata.OfType<TakesNumber>())
            if (operation.Parameters.OfType<OpenApiParameter>().FirstOrDefault(parameter => parameter.Name == number.Name) is { } parameter)
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = $"{number.Least}", Maximum = $"{number.Most}", Default = number.Usual };
        operation.Responses = [];
        foreach (var answer in call.SupportedResponseTypes.OrderBy(answer => answer.StatusCode)) operation.Responses[$"{answer.StatusCode}"] = Answer(answer, schemas);
        operation.Security = [.. BearersOf(metadata).Select(scheme => scheme.Length == 0
            ? new OpenApiSecurityRequirement()
            : new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] })];
    }

    private static string[] BearersOf(IList<object> metadata) =>
        metadata.OfType<ForBearers>().LastOrDefault()?.Schemes ?? (metadata.OfType<IAuthorizeData>().Any() ? [Token, Key] : []);

    private static OpenApiResponse Answer(ApiResponseType answer, ContractSchemas schemas)
    {
        var response = new OpenApiResponse { Description = ReasonPhrases.GetReasonPhrase(answer.StatusCode) };
        if (answer.Type is not { } type || type == typeof(void)) return response;
        response.Content = answer.ApiResponseFormats.ToDictionary(format => format.MediaType,
            format => new OpenApiMediaType { Schema = schemas.Of(format.MediaType.EndsWith("json", StringComparison.Ordinal) ? type : typeof(string), Travels.ToClient) }, StringComparer.Ordinal);
        if (answer.StatusCode == StatusCodes.Status429TooManyRequests)
            response.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal) { [HeaderNames.RetryAfter] = new OpenApiHeader { Description = "Seconds.", Schema = schemas.Of(typeof(int), Travels.ToClient) } };
        return response;
    }

    private static Dictionary<string, OpenApiMediaType> Json(IOpenApiSchema schema) => new(StringComparer.Ordinal) { ["application/json"] = new() { Schema = schema } };
}
