using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace SessionRoom.Server;

/// <summary>What became of a try.</summary>
/// <param name="Wait">How long the receiver asks to be left alone.</param>
/// <param name="Why">For logs: a status or a kind of failure, nothing of the receiver's words.</param>
internal sealed record Sent(Sent.Outcome Became, TimeSpan? Wait, string Why)
{
    internal enum Outcome { Taken, Failed, Gone }
}

/// <summary>Sends an event as the Standard Webhooks specification has it. Of an answer only the status and <c>Retry-After</c> are read; redirects are not followed.</summary>
internal sealed class WebhookSender(ServerOptions options, TimeProvider time) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = 4,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 16 * 1024,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    }) { Timeout = Timeout.InfiniteTimeSpan, DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("SessionRoom-Webhooks", "1") } } };

    public async Task<Sent> SendAsync(Webhook hook, string id, byte[] body, CancellationToken stop)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", hook.Sign(id, timestamp, body));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(options.Webhooks.Timeout);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            return new(OutcomeOf(response), WaitOf(response.Headers.RetryAfter), $"status {(int)response.StatusCode}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested) { return new(Sent.Outcome.Failed, null, "timeout"); }
        // Its message may name the address.
        catch (HttpRequestException problem) { return new(Sent.Outcome.Failed, null, $"{problem.HttpRequestError}"); }
    }

    public void Dispose() => client.Dispose();

    private static Sent.Outcome OutcomeOf(HttpResponseMessage response) => response switch
    {
        { IsSuccessStatusCode: true } => Sent.Outcome.Taken,
        { StatusCode: HttpStatusCode.Gone } => Sent.Outcome.Gone,
        _ => Sent.Outcome.Failed,
    };

    private TimeSpan? WaitOf(RetryConditionHeaderValue? asked) => asked?.Delta ?? (asked?.Date is { } date ? date - time.GetUtcNow() : null);
}
