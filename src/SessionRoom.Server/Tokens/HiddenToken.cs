using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace SessionRoom.Server;

/// <summary>The <c>access_token</c> of a request's query, kept where no log looks.</summary>
internal sealed record HiddenToken(string Value)
{
    public override string ToString() => "hidden";
}

/// <summary>Takes the token out of the query before anything else sees the request: the host logs each request's query when it begins.</summary>
internal sealed class TokenHidingContexts(IServiceProvider services) : IHttpContextFactory
{
    private readonly DefaultHttpContextFactory inner = new(services);

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        var request = featureCollection.GetRequiredFeature<IHttpRequestFeature>();
        if (request.QueryString.Contains("access_token", StringComparison.OrdinalIgnoreCase)) Hide(featureCollection, request);
        return inner.Create(featureCollection);
    }

    public void Dispose(HttpContext httpContext) => inner.Dispose(httpContext);

    private static void Hide(IFeatureCollection features, IHttpRequestFeature request)
    {
        var query = QueryHelpers.ParseQuery(request.QueryString);
        if (query.Remove("access_token", out var token) && token is [{ Length: > 0 } one]) features.Set(new HiddenToken(one));
        request.QueryString = QueryString.Create(query).ToString();
        request.RawTarget = request.PathBase + request.Path + request.QueryString;
    }
}
