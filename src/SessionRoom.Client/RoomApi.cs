using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SessionRoom.Client;

/// <param name="Links">Page addresses with their invite in the fragment, by role: facilitator, member, observer, projector.</param>
public sealed record RoomMade(string Id, string Title, IReadOnlyDictionary<string, string> Links)
{
    /// <summary>The invite in the link of a role.</summary>
    public string Invite(string role) => RoomApi.InviteOf(Links[role]);
}

/// <summary>A person's way in.</summary>
/// <param name="ExpiresAt">When the token ends, in Unix milliseconds.</param>
public sealed record RoomSeat(string Token, string ParticipantId, string Role, long ExpiresAt);

/// <summary>The server said no, as a problem document.</summary>
public sealed class RoomApiException(int status, string title) : Exception($"{status}: {title}")
{
    public int Status { get; } = status;
}

/// <summary>The server's HTTP calls that a client without a page needs.</summary>
/// <param name="http">Its base address is the server's; it stays the caller's.</param>
/// <param name="key">An API key, for servers that do not let everybody create rooms.</param>
public sealed class RoomApi(HttpClient http, string? key = null)
{
    /// <summary>Makes a room. <paramref name="more"/> holds the optional fields: purpose, id, agreement, agenda, settings.</summary>
    public async Task<RoomMade> CreateAsync(string title, JsonObject? more = null, CancellationToken cancel = default)
    {
        var body = (JsonObject?)more?.DeepClone() ?? [];
        body["title"] = title;
        return await SendAsync<RoomMade>(HttpMethod.Post, "/api/rooms", key, body, cancel);
    }

    /// <summary>Takes an invite up.</summary>
    /// <param name="place"><c>remote</c> or <c>inRoom</c>.</param>
    public Task<RoomSeat> JoinAsync(string roomId, string invite, string name, string? place = null, CancellationToken cancel = default)
    {
        var body = new JsonObject { ["invite"] = invite, ["name"] = name };
        if (place is not null) body["place"] = place;
        return SendAsync<RoomSeat>(HttpMethod.Post, $"/api/rooms/{Uri.EscapeDataString(roomId)}/join", null, body, cancel);
    }

    /// <summary>The room as the bearer of this token sees it.</summary>
    public async Task<RoomSnapshot> ReadAsync(string roomId, string token, CancellationToken cancel = default) =>
        await SendAsync<RoomSnapshot>(HttpMethod.Get, $"/api/rooms/{Uri.EscapeDataString(roomId)}", token, null, cancel);

    /// <summary>Sends a command without a socket.</summary>
    public Task<Ack> DoAsync(string roomId, string token, JsonObject command, CancellationToken cancel = default) =>
        SendAsync<Ack>(HttpMethod.Post, $"/api/rooms/{Uri.EscapeDataString(roomId)}/commands", token, command, cancel);

    /// <summary>The invite that a page link carries in its fragment.</summary>
    public static string InviteOf(string link)
    {
        ArgumentNullException.ThrowIfNull(link);
        const string Marker = "#invite=";
        var at = link.IndexOf(Marker, StringComparison.Ordinal);
        return at < 0 ? throw new FormatException("the link carries no invite") : Uri.UnescapeDataString(link[(at + Marker.Length)..]);
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, string? bearer, JsonObject? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body);
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        using var response = await http.SendAsync(request, cancel);
        if (response.IsSuccessStatusCode) return (await response.Content.ReadFromJsonAsync<T>(cancel))!;
        throw new RoomApiException((int)response.StatusCode, await TitleAsync(response, cancel));
    }

    private static async Task<string> TitleAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var text = await response.Content.ReadAsStringAsync(cancel);
        try
        {
            var problem = JsonNode.Parse(text) as JsonObject;
            return problem?["detail"]?.ToString() ?? problem?["title"]?.ToString() ?? text;
        }
        catch (JsonException)
        {
            return text.Length > 0 ? text : response.ReasonPhrase ?? "";
        }
    }
}
