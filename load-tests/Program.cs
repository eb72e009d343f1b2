using SessionRoom.LoadTests;
using SessionRoom.LoadTests.Measuring;
using SessionRoom.LoadTests.Scenarios;

var options = new Options(args.Skip(1));
IFigure? result = args.FirstOrDefault() switch
{
    "crash" => await Crash.RunAsync(new(options.Number("rounds", 50), options.Number("seed"))),
    "clock" => await Clock.RunAsync(new(options.Number("samples", 400))),
    _ => null,
};
if (result is null)
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project load-tests -- <scenario> [--name value …]

          crash   kill -9 at random points under load                        --rounds 50 --seed N
          clock   countdowns of clients ten minutes off                      --samples 400
        """);
    return 2;
}
Console.WriteLine(result);
Console.WriteLine(result.Holds ? "\nholds" : "\nDOES NOT HOLD");
return result.Holds ? 0 : 1;
