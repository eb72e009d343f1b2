using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using SessionRoom.Domain;

namespace SessionRoom.Server.Tests;

public sealed class ContractTests
{
    private const string Committed = "web/client/contract/openapi.json";

    [Fact]
    public async Task the_document_is_sound_by_the_readers_rules_and_every_reference_leads_somewhere()
    {
        await using var server = await RunningServer.StartAsync();
        var text = await server.Http.GetStringAsync("/openapi/v1.json");
        var (document, diagnostic) = OpenApiDocument.Parse(text, "json", new OpenApiReaderSettings { RuleSet = ValidationRuleSet.GetDefaultRuleSet() });
        Assert.Empty(diagnostic!.Errors.Select(error => $"{error.Pointer}: {error.Message}"));
        Assert.Empty(diagnostic.Warnings.Select(warning => $"{warning.Pointer}: {warning.Message}"));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, diagnostic.SpecificationVersion);
        var schemas = document!.Components!.Schemas!;
        var referred = References(JsonNode.Parse(text)).ToHashSet(StringComparer.Ordinal);
        Assert.All(referred, name => Assert.True(schemas.ContainsKey(name), $"{name} is referred to and not there"));
        // What nothing leads to would go stale unseen.
        Assert.All(schemas.Keys, name => Assert.Contains(name, referred));
    }

    [Fact]
    public async Task every_endpoint_is_described_with_a_name_a_summary_and_its_answers()
    {
        await using var server = await RunningServer.StartAsync();
        var paths = (await (await server.GetAsync("/openapi/v1.json")).JsonAsync())["paths"]!.AsObject();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var mapped = 0;
        foreach (var endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            // The hub is in the document as x-hub, and the document is not in itself.
            if (endpoint.Metadata.GetMetadata<HubMetadata>() is not null || path.StartsWith("/openapi", StringComparison.Ordinal)) continue;
            foreach (var method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods)
            {
                var operation = paths[path]?[method.ToLowerInvariant()];
                Assert.True(operation is not null, $"{method} {path} is not described");
                Assert.False(string.IsNullOrEmpty((string?)operation["summary"]), $"{method} {path} has no summary");
                Assert.True(names.Add((string?)operation["operationId"] ?? ""), $"{method} {path} has no operation id of its own");
                Assert.All(operation["responses"]!.AsObject(), response => Assert.True(response.Key == "204" || response.Value!["content"] is not null, $"{method} {path} says nothing of its {response.Key}"));
                if (endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAuthorizeData>() is not null) Assert.NotEmpty(operation["security"]!.AsArray());
                mapped++;
            }
        }
        Assert.Equal(mapped, paths.Sum(path => path.Value!.AsObject().Count));
    }

    [Fact]
    public async Task the_hub_is_described_by_the_names_that_travel()
    {
        await using var server = await RunningServer.StartAsync();
        var hub = (await (await server.GetAsync("/openapi/v1.json")).JsonAsync())["x-hub"]!;
        Assert.Equal([Calls.Aware, Calls.Do, Calls.Join, Calls.Push, Calls.Time], hub["invoke"]!.AsObject().Select(call => call.Key));
        Assert.Equal([Calls.Awareness, Calls.Board, Calls.Bye, Calls.Patch, Calls.Resync], hub["calls"]!.AsObject().Select(call => call.Key));
        Assert.Equal("#/components/schemas/Command", (string?)hub["invoke"]![Calls.Do]!["takes"]!["$ref"]);
    }

    [Fact]
    public async Task the_committed_document_is_what_is_served()
    {
        await using var server = await RunningServer.StartAsync();
        var served = await server.Http.GetStringAsync("/openapi/v1.json");
        var committed = await File.ReadAllTextAsync(Path.Combine(Repository.Root.FullName, Committed));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(served), JsonNode.Parse(committed)), $"{Committed} differs from what the server serves: build the server and run `npm run contract` in the folder web");
    }

    [Fact]
    public async Task every_command_and_event_and_code_is_in_the_document()
    {
        await using var server = await RunningServer.StartAsync();
        var schemas = (await (await server.GetAsync("/openapi/v1.json")).JsonAsync())["components"]!["schemas"]!;
        Assert.Equal(TypesOf(typeof(MemberCommand)).Order(), Mapped("Command").Order());
        Assert.Equal(TypesOf(typeof(RoomEvent)).Where(type => type != "room.created").Order(), Mapped("RoomEvent").Order());
        Assert.Equal(Enum.GetValues<RefusalCode>().Select(Words.Of), schemas["RefusalCode"]!["enum"]!.AsArray().Select(code => (string)code!));

        IEnumerable<string> Mapped(string union) => schemas[union]!["discriminator"]!["mapping"]!.AsObject().Select(kind => kind.Key);

        static IEnumerable<string> TypesOf(Type union) => union.GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), inherit: false)
            .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(kind => (string)kind.TypeDiscriminator!);
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field.Value is JsonValue text && field.Key == "$ref" ? [((string)text!).Split('/')[^1]] : References(field.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
