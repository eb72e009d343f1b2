using System.Text.Json.Nodes;
using SessionRoom.Client;

namespace SessionRoom.LoadTests.Crowd;

/// <summary>What a room should be by its people's own histories, against what it is.</summary>
internal sealed class Accounting(RoomSnapshot room)
{
    private readonly ILookup<string, string> _pidsByName = room.People.ToLookup(person => person.Value["name"]!.GetValue<string>(), person => person.Key, StringComparer.Ordinal);

    /// <summary>Commands that were answered as done and have no effect.</summary>
    public int Missing { get; private set; }

    /// <summary>Commands that have their effect more than once.</summary>
    public int Twice { get; private set; }

    /// <summary>Answered commands whose sequence is not in the log that was looked at.</summary>
    public int Unseen { get; private set; }

    /// <summary>A line for each.</summary>
    public List<string> Wrong { get; } = [];

    public void Check(Worker worker)
    {
        foreach (var deed in Answered(worker).Where(deed => !deed.Answer.Result.Ok && deed.Answer.Result.Error!.Code != "rate_limited"))
        {
            // Each of these had to be accepted. A removal that finds nobody was done before and has been decided again.
            if (deed is { Type: "people.remove", Answer.Result.Error.Code: "not_found" }) Again($"{deed.Type} of {deed.Text("name")}");
            else Lost($"{deed.Type} {deed.Fields.ToJsonString()} was refused: {deed.Answer.Result.Error}");
        }
        var done = Done(worker).ToList();
        Seats(done);
        if (done.FindLast(deed => deed.Type == "people.rename") is { } name && room.Person(worker.Client.You)?["name"]?.GetValue<string>() != name.Text("name"))
            Lost($"{worker.Client.You} is not called {name.Text("name")}");
        if (done.FindLast(deed => deed.Type is "hand.raise" or "hand.lower") is { } hand && (room.Person(worker.Client.You)?["hand"] is not null) != (hand.Type == "hand.raise"))
            Lost($"{hand.Type} of {worker.Client.You}");
    }

    /// <summary>A paused timer is a sum: what was left when it began, and every extension once.</summary>
    public void CheckTimer(long began, IEnumerable<Worker> workers)
    {
        var extensions = workers.SelectMany(Done).Where(deed => deed.Type == "timer.extend")
            .Select(deed => (long)deed.Fields["byMs"]!.GetValue<int>()).ToList();
        var surplus = room.Timer.RemainingMs - (began + extensions.Sum());
        if (surplus > 0) Again($"timer.extend: {surplus} ms too much");
        else if (surplus != 0) Lost($"timer.extend: {-surplus} ms too little");
    }

    /// <summary>What was answered with a sequence happened with it, and what has a name of its own happened once.</summary>
    public void CheckLog(ILookup<long, JsonObject> events, IEnumerable<Worker> workers)
    {
        var names = events.SelectMany(happened => happened).Where(happened => Type(happened) is "people.seated" or "people.renamed").ToLookup(happened => happened["name"]!.GetValue<string>(), StringComparer.Ordinal);
        foreach (var worker in workers)
        {
            foreach (var deed in Done(worker))
            {
                var seq = deed.Answer.Result.Seq;
                if (!events.Contains(seq)) Unseen++;
                else if (!events[seq].Any(happened => happened["by"]!.GetValue<string>() == worker.Client.You)) Lost($"{deed.Type} of {worker.Client.You}, answered with {seq}, is not what happened then");
                if (deed.Type is "people.seat" or "people.rename" && names[deed.Text("name")!].Count() is > 1 and var times) Again($"{deed.Type} {deed.Text("name")}: {times} times in the log");
            }
        }

        static string Type(JsonObject happened) => happened["type"]!.GetValue<string>();
    }

    private void Seats(List<Deed> done)
    {
        var removed = done.Where(deed => deed.Type == "people.remove").Select(deed => deed.Text("pid")!).ToHashSet(StringComparer.Ordinal);
        foreach (var deed in done.Where(deed => deed.Type == "people.seat"))
        {
            var (name, pid) = (deed.Text("name")!, deed.Answer.Result.Result!.Pid!);
            var here = _pidsByName[name].ToList();
            if (here.Contains(pid) == removed.Contains(pid)) Lost($"{(removed.Contains(pid) ? "removal" : "seat")} of {pid}, {name}");
            for (var more = here.Count(other => other != pid); more > 0; more--) Again($"seat {name}");
        }
    }

    private static IEnumerable<Deed> Answered(Worker worker) => worker.History.Where(deed => deed.Answer.IsCompletedSuccessfully);

    private static IEnumerable<Deed> Done(Worker worker) => Answered(worker).Where(deed => deed.Answer.Result.Ok);

    public void Lost(string what)
    {
        Missing++;
        Wrong.Add($"missing: {what}");
    }

    private void Again(string what)
    {
        Twice++;
        Wrong.Add($"twice: {what}");
    }
}
