using Microsoft.Extensions.Configuration.Memory;

namespace SessionRoom.Server;

/// <summary>What holds where no setting says otherwise, wherever the program was started from.</summary>
internal static class Defaults
{
    public static void AddTo(IConfigurationBuilder configuration)
    {
        var known = configuration.Build();
        var defaults = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Logging:LogLevel:Default"] = "Information",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
            // The framework's base class reports each refused bearer three times.
            [$"Logging:LogLevel:{typeof(BearerAuthentication).FullName}"] = "Warning",
        };
        if (known["urls"] is null && known["http_ports"] is null && known["https_ports"] is null && !known.GetSection("Kestrel:Endpoints").Exists()) defaults["urls"] = "http://localhost:5080";
        // First in line: every other source overrides it.
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = defaults });
    }
}
