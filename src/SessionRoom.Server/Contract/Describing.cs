namespace SessionRoom.Server;

/// <summary>The type that a body is read as, where the endpoint takes any JSON.</summary>
internal sealed record Takes(Type Type);

/// <summary>The words that a parameter of the query may be; the first where it is absent.</summary>
internal sealed record TakesWord(string Name, params string[] Words);

/// <summary>The bounds of a number in the query, and what it is where it is absent.</summary>
internal sealed record TakesNumber(string Name, int Least, int Most, int Usual);

/// <summary>What may be shown as bearer; <see cref="Describing.Nothing"/> where none has to be.</summary>
internal sealed record ForBearers(params string[] Schemes);

/// <summary>What an endpoint tells the contract beyond what the framework sees.</summary>
internal static class Describing
{
    public const string Nothing = "";

    /// <summary>The name that generated clients call it by, and a sentence.</summary>
    public static RouteHandlerBuilder Called(this RouteHandlerBuilder endpoint, string name, string summary) => endpoint.WithName(name).WithSummary(summary);

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new Takes(typeof(T)));

    public static RouteHandlerBuilder TakesWord(this RouteHandlerBuilder endpoint, string name, params string[] words) => endpoint.WithMetadata(new TakesWord(name, words));

    public static RouteHandlerBuilder TakesNumber(this RouteHandlerBuilder endpoint, string name, int least, int most, int usual) => endpoint.WithMetadata(new TakesNumber(name, least, most, usual));

    public static RouteHandlerBuilder For(this RouteHandlerBuilder endpoint, params string[] bearers) => endpoint.WithMetadata(new ForBearers(bearers));

    /// <summary>The statuses of its refusals, each problem details.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses) endpoint.ProducesProblem(status);
        return endpoint;
    }
}
