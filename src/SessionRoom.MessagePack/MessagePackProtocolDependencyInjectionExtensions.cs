using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SessionRoom.MessagePack;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the <c>messagepack</c> hub protocol to a SignalR server or client, under the name the official package uses.</summary>
public static class MessagePackProtocolDependencyInjectionExtensions
{
    /// <summary>Adds the protocol with the contracts of the JSON hub protocol. A server offers it beside JSON; a client speaks it instead.</summary>
    /// <typeparam name="TBuilder">A server's or a connection's builder.</typeparam>
    /// <param name="builder">The builder, which is returned.</param>
    public static TBuilder AddMessagePackProtocol<TBuilder>(this TBuilder builder)
        where TBuilder : ISignalRBuilder => builder.AddMessagePackProtocol(_ => { });

    /// <summary>Adds the protocol with its own settings.</summary>
    /// <typeparam name="TBuilder">A server's or a connection's builder.</typeparam>
    /// <param name="builder">The builder, which is returned.</param>
    /// <param name="configure">Sets contracts and limits; runs once, when the protocol is first needed.</param>
    public static TBuilder AddMessagePackProtocol<TBuilder>(this TBuilder builder, Action<MessagePackHubProtocolOptions> configure)
        where TBuilder : ISignalRBuilder
    {
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(configure);
        builder.Services.AddOptions<MessagePackHubProtocolOptions>().PostConfigure<IOptions<JsonHubProtocolOptions>>(
            (options, json) => options.SerializerOptions ??= json.Value.PayloadSerializerOptions);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHubProtocol, MessagePackHubProtocol>());
        return builder;
    }
}
