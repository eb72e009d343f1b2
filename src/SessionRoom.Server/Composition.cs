using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SessionRoom.Domain;
using SessionRoom.Redis;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>How the parts are put together.</summary>
internal static class Composition
{
    public static void AddSessionRoom(this WebApplicationBuilder builder)
    {
        var options = ServerOptions.From(builder.Configuration);
        options.OpenCreation ??= builder.Environment.IsDevelopment();
        options.Check();

        var services = builder.Services;
        services.AddSingleton(options).AddSingleton<ServerMeters>().AddSingleton<MetricsPage>();
        var hooks = new Webhooks(options);
        AddLog(services, options, hooks);
        services.AddRooms(options.ForRooms() with { Tells = hooks.All.Count > 0 ? new Announcements(hooks).Of : null });
        services.AddSingleton(hooks).AddSingleton<ActionReports>().AddSingleton<SealedEvents>().AddSingleton<WebhookSender>().AddSingleton<WebhookMeters>().AddHostedService<WebhookDeliveries>().AddHostedService<AbandonedFeeds>();
        services.AddSingleton<Floods>().AddSingleton<RoomAudience>().AddSingleton<IRoomAudience>(all => all.GetRequiredService<RoomAudience>());
        services.AddSingleton<Attendance>().AddSingleton<Orders>().AddSingleton<AnswerWatch>().AddSingleton<Reception>().AddSingleton<Boards>().AddHostedService<Vigil>().AddHostedService<Lull>();
        services.AddSingleton<RoomEndpoints>().AddSingleton<JoinEndpoints>().AddSingleton<Guesses>().AddSingleton<Origins>().AddSingleton<BoardReader>();
        AddBearers(services);
        AddHub(services, options);
        AddHttp(builder, options);
    }

    /// <summary>The log that was registered, Redis, or SQLite; and the clock that goes with it.</summary>
    private static void AddLog(IServiceCollection services, ServerOptions options, Webhooks hooks)
    {
        var given = services.LastOrDefault(service => service.ServiceType == typeof(IRoomLog))?.ImplementationInstance as IRoomLog;
        var clock = services.LastOrDefault(service => service.ServiceType == typeof(TimeProvider))?.ImplementationInstance as TimeProvider ?? TimeProvider.System;
        services.RemoveAll<IRoomLog>().RemoveAll<TimeProvider>();
        if (given is null && options.Redis is { } address)
        {
            // Opened at the start, which ends with what is wrong.
            services.AddSingleton(all => RedisRoomLog.OpenAsync(address, options.Durability, clock, all.GetRequiredService<ILogger<RedisRoomLog>>()).GetAwaiter().GetResult());
            services.AddSingleton<ISharedLog>(all => all.GetRequiredService<RedisRoomLog>()).AddSingleton(all => all.GetRequiredService<RedisRoomLog>().Time);
            services.AddSingleton<IKeyedRooms, SharedKeyedRooms>();
        }
        else services.AddSingleton(clock).AddSingleton<DataLock>().AddSingleton<IKeyedRooms, KeyedRooms>();
        services.AddSingleton(all => SqliteRoomLog.Open(options.ForRooms(), all.GetRequiredService<ILogger<SqliteRoomLog>>()));
        services.AddSingleton<IRoomLog>(all => new MeteredLog(Inner(all), all.GetRequiredService<ServerMeters>(), TimeProvider.System));
        if (given is null or IEventFeeds) services.AddSingleton(all => (IEventFeeds)Inner(all));
        else if (hooks.All.Count > 0) throw new SettingsException("webhooks need a log that keeps feeds");

        IRoomLog Inner(IServiceProvider all) => given ?? (IRoomLog?)all.GetService<RedisRoomLog>() ?? all.GetRequiredService<SqliteRoomLog>();
    }

    private static void AddBearers(IServiceCollection services)
    {
        services.AddSingleton<TokenSigner>().AddSingleton<TokenReader>().AddSingleton<ApiKeys>();
        services.Replace(ServiceDescriptor.Singleton<IHttpContextFactory, TokenHidingContexts>());
        // Not AddAuthentication: it brings a key ring on disk for cookies, which nobody here has.
        services.AddAuthenticationCore(options => options.DefaultScheme = BearerAuthentication.Scheme).AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.Scheme, _ => { });
        services.AddAuthorization(Access.AddPolicies);
    }

    private static void AddHub(IServiceCollection services, ServerOptions options)
    {
        var wire = new JsonSerializerOptions(WireJson.Default.Options)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(WireJson.Default, new DefaultJsonTypeInfoResolver()),
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), Converters = { new ElementsAsWritten() },
        };
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = options.Limits.FrameBytes;
            hub.MaximumParallelInvocationsPerClient = 1;
        }).AddJsonProtocol(json => json.PayloadSerializerOptions = new(wire) { Converters = { new BytesWithin(options.Limits.BoardUpdateBytes) } })
            .AddMessagePackProtocol(packed => packed.SerializerOptions = wire);
        services.AddSingleton<HubLifetimeManager<RoomHub>>(all => all.GetRequiredService<RoomAudience>());
        services.Replace(ServiceDescriptor.Singleton<IHubProtocolResolver, AnsweringProtocols>());
        services.AddSingleton<HubSockets>().AddHostedService(all => all.GetRequiredService<HubSockets>());
    }

    private static void AddHttp(WebApplicationBuilder builder, ServerOptions options)
    {
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Limits.FrameBytes;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection => Handover.ServeAsync(connection, next)));
        });
        services.ConfigureHttpJsonOptions(json =>
        {
            var from = BodyJson.Default.Options;
            json.SerializerOptions.TypeInfoResolver = JsonTypeInfoResolver.Combine(BodyJson.Default, new DefaultJsonTypeInfoResolver());
            json.SerializerOptions.DefaultIgnoreCondition = from.DefaultIgnoreCondition;
            json.SerializerOptions.NumberHandling = from.NumberHandling;
            json.SerializerOptions.RespectNullableAnnotations = from.RespectNullableAnnotations;
            json.SerializerOptions.RespectRequiredConstructorParameters = from.RespectRequiredConstructorParameters;
        });
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
        {
            var details = context.ProblemDetails;
            details.Extensions.TryAdd("code", Problems.CodeOf(details.Status ?? context.HttpContext.Response.StatusCode));
        });
        services.AddExceptionHandler<Failures>();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddResponseCompression();
        ApiContract.Add(services);
        CallRates.Add(services, options.Limits);
    }

    public static void UseSessionRoom(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<ServerOptions>();
        app.Services.GetRequiredService<ServerMeters>().Watch(app.Services.GetRequiredService<RoomAudience>());
        // Made at the start, so that a folder that is in use or cannot be written stops it.
        app.Services.GetService<DataLock>();
        app.Services.GetRequiredService<IRoomLog>();
        app.Services.GetRequiredService<TokenSigner>();
        // Listens from the start, not from the first scrape.
        var metrics = app.Services.GetRequiredService<MetricsPage>();
        app.Services.GetRequiredService<WebhookMeters>();

        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use(SecurityHeaders.AddAsync);
        var origins = app.Services.GetRequiredService<Origins>();
        app.Use(origins.AdmitAsync);
        // What stands between a socket and its request would stand in the way of every frame.
        app.UseWhen(static http => !http.Request.Path.StartsWithSegments(Calls.HubPath, StringComparison.OrdinalIgnoreCase), static rest => rest.UseResponseCompression());
        SitePages.Map(app, origins, app.Services.GetRequiredService<Guesses>());
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.Use(origins.CheckAsync);

        RoomEndpoints.Map(app);
        JoinEndpoints.Map(app);
        BoardEndpoint.Map(app);
        ExportEndpoint.Map(app);
        WebhookEndpoints.Map(app);
        Health.Map(app);
        app.MapGet("/metrics", () => TypedResults.Text(metrics.Write(), MetricsPage.ContentType)).WithTags("Operation").Called("metrics", "Prometheus text").Produces<string>(200, "text/plain");
        app.MapOpenApi();
        HubSockets.Map(app);

        Log.Serving(app.Logger, options.Redis is null ? Path.GetFullPath(options.DataDirectory) : "Redis", options.ApiKeys.Count, options.OpenCreation is true);
    }
}
