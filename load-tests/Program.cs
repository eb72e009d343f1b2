using SessionRoom.LoadTests.Measuring;
using SessionRoom.LoadTests.Scenarios;

namespace SessionRoom.LoadTests;

/// <summary>Runs one scenario and prints what it measured; ends with 0 if it holds, 1 if not, 2 if it is not known.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var options = new Options(args.Skip(1));
        IFigure? result = args.FirstOrDefault() switch
        {
            "crash" => await Crash.RunAsync(new(options.Number("rounds", 50), options.Number("seed"))),
            "clock" => await Clock.RunAsync(new(options.Number("samples", 400))),
            "join" => await JoinRush.RunAsync(new(options.Number("members", 1_000), options.Number("over", 3_000))),
            "slow" => await SlowReader.RunAsync(new(options.Number("members", 200), options.Number("rate", 50), options.Number("seconds", 30),
                options.Number("pairs", 3), options.Number("text", 3_000), options.Number("crowd", 100))),
            "hostile" => await Hostile.RunAsync(new(options.Number("commands", 10_000), options.Number("seed"))),
            _ => null,
        };
        if (result is null)
        {
            Console.Error.WriteLine("""
                usage: dotnet run -c Release --project load-tests -- <scenario> [--name value …]

                  crash   kill -9 at random points under load                        --rounds 50 --seed N
                  clock   countdowns of clients ten minutes off                      --samples 400
                  join    a thousand members come to one room                        --members 1000 --over 3000
                  slow    one of 200 stops reading; the others' deliveries           --members 200 --rate 50 --seconds 30 --pairs 3 --text 3000 --crowd 100
                  hostile bad input of every kind, and random commands               --commands 10000 --seed N
                """);
            return 2;
        }
        Console.WriteLine(result);
        Console.WriteLine(result.Holds ? "\nholds" : "\nDOES NOT HOLD");
        return result.Holds ? 0 : 1;
    }
}
