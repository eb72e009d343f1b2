using Microsoft.AspNetCore.Http.HttpResults;
using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>Getting in: what an invite leads to, a token for it, or one for an integrator's word.</summary>
internal sealed class JoinEndpoints(RoomDirectory rooms, RoomEndpoints reach, TokenSigner signer, TokenReader tokens, Guesses guesses, ServerOptions options, TimeProvider time)
{
    private const long LongestTtlSeconds = 30 * 24 * 60 * 60;
    private static readonly int LongestName = new RoomLimits().Name;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/rooms").RequireRateLimiting(CallRates.Policy).WithTags("Joining");
        api.MapPost("/{id}/invite", (string id, ShowInvite body, HttpContext http, JoinEndpoints here) => here.ReadAsync(id, body, http))
            .Called("readInvite", "What an invite leads to, for a form to show before anybody joins: the room's title and its agreement").For(Describing.Nothing)
            .Produces<Invitation>().Refuses(400, 403, 404, 413, 429, 503);
        api.MapPost("/{id}/join", (string id, JoinRoom body, HttpContext http, JoinEndpoints here) => here.JoinAsync(id, body, http))
            .Called("joinRoom", "Turns an invite into a token; with an own token of the room as bearer, for the same participant again").For(Describing.Nothing, ApiContract.Token)
            .Produces<TokenIssued>().Refuses(400, 403, 404, 413, 429, 503);
        api.MapPost("/{id}/tokens", (string id, IssueToken body, HttpContext http, JoinEndpoints here) => here.IssueAsync(id, body, http)).RequireAuthorization()
            .Called("issueToken", "Issues a token for somebody whom the integrator knows").For(ApiContract.Key).Produces<TokenIssued>().Refuses(400, 401, 403, 404, 413, 429, 503);
    }

    /// <summary>No more than whoever joins gets before they have agreed, and told to the same people.</summary>
    private async Task<IResult> ReadAsync(string id, ShowInvite body, HttpContext http)
    {
        var (state, _, refused) = await OpenAsync(id, body.Invite, http);
        if (refused is not null) return refused;
        if (guesses.Look(http) is { } wait) return Problems.SlowDown(http, wait, "Too many looks at invites from this address.");
        return TypedResults.Ok(new Invitation(state.Session.Title, state.Session.Agreement));
    }

    private async Task<IResult> JoinAsync(string id, JoinRoom body, HttpContext http)
    {
        if (RefusalOf(body.Name) is { } unnamed) return unnamed;
        var (state, role, refused) = await OpenAsync(id, body.Invite, http);
        if (refused is not null) return refused;
        var name = body.Name.Trim();
        if (await ReturningAsync(id, role, state, http) is { } back) return Issue(state, back.Pid, name, role, body.Place ?? back.Place, options.TokenLife);
        if (guesses.Arrive(http) is { } wait) return Problems.SlowDown(http, wait, "Too many new people from this address.");
        return Issue(state, Ids.NewPerson(), name, role, body.Place, options.TokenLife);
    }

    /// <summary>The room that the invite opens and the role that it gives there, or why it opens none; a wrong one is counted.</summary>
    private async Task<(RoomState State, Role Role, ProblemHttpResult? Refused)> OpenAsync(string id, string invite, HttpContext http)
    {
        if (!Ids.IsRoomId(id) || await rooms.OpenAsync(id, http.RequestAborted) is not { } room) return (null!, default, Wrong(http, Problems.NoRoom()));
        var state = room.Current.State;
        return Invites.Find(state, invite) is { } role ? (state, role, null) : (state, default, Wrong(http, Problems.Of(RefusalCode.Forbidden, "This invite does not open the room.")));
    }

    private ProblemHttpResult Wrong(HttpContext http, ProblemHttpResult answer) =>
        guesses.Wrong(http) is { } wait ? Problems.SlowDown(http, wait, "Too many wrong invites from this address.") : answer;

    // Whoever shows an old token of this room, with the invite that it came from, is the same person again.
    private async Task<PersonToken?> ReturningAsync(string id, Role role, RoomState state, HttpContext http)
    {
        if (BearerAuthentication.BearerOf(http.Request) is not { } bearer || await tokens.ReadFormerAsync(bearer) is not { } former) return null;
        return former.Room == id && former.Role == role && !state.Removed.Contains(former.Pid) && Access.Refuses(former, state) is null ? former : null;
    }

    private Task<IResult> IssueAsync(string id, IssueToken body, HttpContext http) => reach.WithRoomAsync(id, http, room =>
    {
        if (http.User.Key() is null) return Answer(Problems.Of(RefusalCode.Forbidden, "Only a key issues tokens."));
        if (RefusalOf(body.Name) is { } unnamed) return Answer(unnamed);
        if (body.ParticipantId is { } pid && !Ids.IsPersonId(pid)) return Answer(Problems.Of(RefusalCode.Invalid, "participantId is 1 to 64 of A-Z a-z 0-9 . _ @ | + -, beginning with a letter or digit"));
        if (body.TtlSeconds is < 1 or > LongestTtlSeconds) return Answer(Problems.Of(RefusalCode.Invalid, "ttlSeconds is 1 to 2592000"));
        var state = room.Current.State;
        if (body.ParticipantId is { } gone && state.Removed.Contains(gone)) return Answer(Problems.Of(RefusalCode.Forbidden, "This person was removed from the room."));
        if (body.ParticipantId is { } seat && state.People.TryGetValue(seat, out var known) && known.SeatOf is not null) return Answer(Problems.Of(RefusalCode.Forbidden, "A seat is acted for by its device."));
        var life = body.TtlSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : options.TokenLife;
        return Answer(Issue(state, body.ParticipantId ?? Ids.NewPerson(), body.Name.Trim(), body.Role, body.Place, life));

        static Task<IResult> Answer(IResult result) => Task.FromResult(result);
    });

    private Ok<TokenIssued> Issue(RoomState room, string pid, string name, Role role, Place? place, TimeSpan life)
    {
        // Whole seconds, as in the token: what is said here is what is held to.
        var now = time.GetUtcNow();
        var token = new PersonToken(room.Session.Id, pid, name, role, place ?? Place.Remote, now.ToUnixTimeSeconds() * 1_000, now.Add(life).ToUnixTimeSeconds() * 1_000);
        return TypedResults.Ok(new TokenIssued(signer.Sign(token), pid, Access.RoleOf(token, room), token.ExpiresAt));
    }

    // The rule of people.rename, and its words.
    private static ProblemHttpResult? RefusalOf(string name) => Person.CheckName(name.Trim(), LongestName) is { } refusal ? Problems.Of(refusal) : null;
}
