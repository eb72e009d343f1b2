using System.Text.Json;
using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>Making, reading, commanding and deleting rooms over HTTP. See <c>PROTOCOL.md</c>, section 1.</summary>
internal sealed class RoomEndpoints(RoomDirectory rooms, Orders orders, Guesses guesses, IKeyedRooms keyed, ServerOptions options, ILogger<RoomEndpoints> logger)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/rooms").RequireRateLimiting(CallRates.Policy).WithTags("Rooms");
        api.MapPost("", (CreateRoom body, HttpContext http, RoomEndpoints here) => here.CreateAsync(body, http))
            .Called("createRoom", "Makes a room").For(ApiContract.Key, Describing.Nothing).Produces<RoomMade>(StatusCodes.Status201Created).Refuses(400, 401, 403, 409, 413, 429, 503);
        api.MapGet("/{id}", (string id, HttpContext http, RoomEndpoints here) => here.ReadAsync(id, http)).RequireAuthorization()
            .Called("readRoom", "Reads as much of the room as the caller may see").Produces<RoomRead>().Refuses(401, 403, 404, 429, 503);
        api.MapPost("/{id}/commands", (string id, JsonElement body, HttpContext http, RoomEndpoints here) => here.DoAsync(id, body, http)).RequireAuthorization()
            .Called("doCommand", "Sends a command without a socket").Takes<MemberCommand>().Produces<Ack>().Refuses(400, 401, 403, 404, 413, 429, 503);
        api.MapDelete("/{id}", (string id, HttpContext http, RoomEndpoints here) => here.DeleteAsync(id, http)).RequireAuthorization()
            .Called("deleteRoom", "Removes the room and every byte of it").Produces(StatusCodes.Status204NoContent).Refuses(401, 403, 404, 429, 503);
    }

    private async Task<IResult> CreateAsync(CreateRoom body, HttpContext http)
    {
        var key = http.User.Key();
        // A bearer that is no key of ours is not an anonymous visitor.
        if (key is null && http.User.Credential() is null && http.Request.Headers.Authorization.Count > 0) return TypedResults.Challenge();
        if (key is null && (http.User.Credential() is not null || options.OpenCreation is not true)) return Problems.Unauthorized("Rooms are made with a key here.");
        if (key is null && guesses.MakeRoom(http) is { } wait) return Problems.SlowDown(http, wait, "Too many rooms from this address.");
        if (body.Id is not null && !Ids.IsRoomId(body.Id)) return Problems.Of(RefusalCode.Invalid, "id is 1 to 64 of A-Z a-z 0-9 _ -");
        if (!TryRead(body.Agreement, out var agreement)) return Problems.Of(RefusalCode.Invalid, "agreement is a text, or an object with text");

        if (body.Id is not null && await rooms.OpenAsync(body.Id, http.RequestAborted) is not null) return Problems.IdTaken();
        var (id, (invites, hashes)) = (body.Id ?? Ids.NewRoom(), Invites.Make());
        var by = key is null ? Actor.House : Actor.Key(key.Id);
        if (key is not null && !await keyed.TryAddAsync(key, id)) return Problems.Of(RefusalCode.TooLarge, $"A key has at most {options.Limits.RoomsPerKey} rooms.");
        // Not cancelled with a caller that goes away: a room whose links nobody got would keep its id for good.
        var refusal = await rooms.CreateAsync(new(id, body.Title, body.Settings ?? new(), body.Agenda ?? [], hashes, body.Purpose, agreement), by, CancellationToken.None);
        if (refusal is not null)
        {
            // Two may have asked for the same id at once; the loser's key may be the winner's.
            var taken = await rooms.OpenAsync(id, CancellationToken.None);
            if (taken?.Current.State.MadeBy != by.Pid) await keyed.RemoveAsync(by.Pid, id);
            return taken is null ? Problems.Of(refusal) : Problems.IdTaken();
        }
        Log.RoomMade(logger, id, by.Pid);
        return TypedResults.Created($"/api/rooms/{id}", new RoomMade(id, body.Title.Trim(), new(Link(Role.Facilitator), Link(Role.Member), Link(Role.Observer), Link(Role.Projector))));

        string Link(Role role) => $"/r/{id}#invite={invites[role]}";
    }

    private Task<IResult> ReadAsync(string id, HttpContext http) => WithRoomAsync(id, http, room =>
    {
        var now = room.Current;
        var state = http.User.Token() is { } token ? States.For(now.State, token.Pid) : States.Of(now.State);
        return Task.FromResult<IResult>(TypedResults.Ok(new RoomRead(now.Position.Epoch, now.Position.Seq, state)));
    });

    private Task<IResult> DoAsync(string id, JsonElement body, HttpContext http) => WithRoomAsync(id, http, async room =>
    {
        var seq = room.Current.Position.Seq;
        if (http.User.Key() is { } key) return TypedResults.Ok(await orders.DoAsync(id, Caller.Key(key.Id), body, seq, http.RequestAborted));
        var token = http.User.Token()!;
        if (!room.Current.State.People.ContainsKey(token.Pid) && await room.ArriveAsync(token.Arriving(online: false), http.RequestAborted) is { } refusal) return Problems.Of(refusal);
        return TypedResults.Ok(await orders.DoAsync(id, Caller.Person(token.Pid), body, seq, http.RequestAborted));
    });

    private async Task<IResult> DeleteAsync(string id, HttpContext http)
    {
        try
        {
            return await DeleteReadableAsync(id, http);
        }
        catch (UnreadableRecordException) when (http.User.Key() is not null)
        {
            var key = http.User.Key()!;
            if (!await keyed.HasAsync(key, id)) throw;
            // Its record does not say any more who made it; the key's own list does.
            if (!await rooms.DeleteAsync(id, http.RequestAborted)) return Problems.NoRoom();
            await keyed.RemoveAsync(key.Name, id);
            Log.RoomDeleted(logger, id, key.Name);
            return TypedResults.NoContent();
        }
    }

    private Task<IResult> DeleteReadableAsync(string id, HttpContext http) => WithRoomAsync(id, http, async room =>
    {
        var token = http.User.Token();
        if (token is not null && Access.RoleOf(token, room.Current.State) != Role.Facilitator) return Problems.Of(RefusalCode.Forbidden, "Only a facilitator or the room's key deletes it.");
        if (!await rooms.DeleteAsync(id, http.RequestAborted)) return Problems.NoRoom();
        await keyed.RemoveAsync(room.Current.State.MadeBy, id);
        Log.RoomDeleted(logger, id, token?.Pid ?? http.User.Key()!.Name);
        return TypedResults.NoContent();
    });

    /// <summary>The room, for a bearer that may reach it.</summary>
    internal async Task<IResult> WithRoomAsync(string id, HttpContext http, Func<LiveRoom, Task<IResult>> then)
    {
        var (token, key) = (http.User.Token(), http.User.Key());
        if (token is not null && token.Room != id) return Problems.Of(RefusalCode.Forbidden, "This token is for another room.");
        if (!Ids.IsRoomId(id) || await rooms.OpenAsync(id, http.RequestAborted) is not { } room) return Problems.NoRoom();
        var state = room.Current.State;
        if (key is not null && !Access.Owns(key, state)) return Problems.Of(RefusalCode.Forbidden, "This key did not make the room.");
        if (token is not null && Access.Refuses(token, state) is { } closed) return Problems.Of(closed);
        if (token is not null && state.Removed.Contains(token.Pid)) return Problems.Of(RefusalCode.Forbidden, "This person was removed from the room.");
        return await then(room);
    }

    private static bool TryRead(JsonElement? asked, out string? agreement)
    {
        agreement = null;
        if (asked is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } given) return true;
        var text = given.ValueKind == JsonValueKind.Object && given.TryGetProperty("text"u8, out var inner) ? inner : given;
        if (text.ValueKind != JsonValueKind.String) return false;
        agreement = text.GetString();
        return true;
    }
}
