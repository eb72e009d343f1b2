using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SessionRoom.Domain;

namespace SessionRoom.Server;

/// <summary>The hub in the contract: its calls and those on its clients as the extension <c>x-hub</c>, their shapes among the components.</summary>
internal static class HubContract
{
    public static void Describe(OpenApiDocument document, ContractSchemas schemas)
    {
        var invoke = typeof(RoomHub).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(method => !method.IsVirtual)
            .Select(method => (method.Name, Call: new JsonObject { ["takes"] = Taken(method, Travels.ToServer, schemas), ["answers"] = Answered(method, schemas) }));
        var calls = typeof(IRoomClient).GetMethods().Select(method => (Name: JsonNamingPolicy.CamelCase.ConvertName(method.Name), Call: new JsonObject { ["takes"] = Taken(method, Travels.ToClient, schemas) }));
        document.Extensions ??= new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal);
        document.Extensions["x-hub"] = new JsonNodeExtension(new JsonObject
        {
            ["path"] = Calls.HubPath, ["protocol"] = "SignalR over WebSockets; json or messagepack", ["token"] = "access_token",
            ["invoke"] = Sorted(invoke), ["calls"] = Sorted(calls),
        });
    }

    private static JsonObject Sorted(IEnumerable<(string Name, JsonObject Call)> calls) =>
        new(calls.OrderBy(call => call.Name, StringComparer.Ordinal).Select(call => KeyValuePair.Create(call.Name, (JsonNode?)call.Call)));

    private static JsonNode? Taken(MethodInfo method, Travels way, ContractSchemas schemas) => method.GetParameters() switch
    {
        [] => null,
        // Commands come in as any JSON and are read as one.
        [{ ParameterType: var type }] when type == typeof(JsonElement) => Node(schemas.Of(typeof(MemberCommand), way)),
        [{ ParameterType: var type }] => Node(schemas.Of(type, way)),
        _ => throw new InvalidOperationException($"{method.Name} takes more than one argument"),
    };

    private static JsonNode? Answered(MethodInfo method, ContractSchemas schemas) => method.ReturnType switch
    {
        { IsGenericType: true } task => Node(schemas.Of(task.GetGenericArguments()[0], Travels.ToClient)),
        var type when type == typeof(Task) => null,
        var type => Node(schemas.Of(type, Travels.ToClient)),
    };

    private static JsonNode Node(IOpenApiSchema schema)
    {
        using var text = new StringWriter();
        schema.SerializeAsV31(new OpenApiJsonWriter(text));
        return JsonNode.Parse(text.ToString())!;
    }
}
