using Microsoft.AspNetCore.WebUtilities;

namespace SessionRoom.Server;

/// <summary>Takes a connection that another node has negotiated: a WebSocket needs nothing of that, and without it no session has to stick to a node.</summary>
internal static class AnyNode
{
    private const string Negotiated = "id";

    public static Task AdmitAsync(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        if (request.Path.Equals(Calls.HubPath, StringComparison.OrdinalIgnoreCase) && !HttpMethods.IsPost(request.Method) && request.Query.ContainsKey(Negotiated))
        {
            var query = QueryHelpers.ParseQuery(request.QueryString.Value);
            query.Remove(Negotiated);
            request.QueryString = QueryString.Create(query);
        }
        return next(http);
    }
}
