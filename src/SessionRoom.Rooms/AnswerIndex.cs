using SessionRoom.Domain;

namespace SessionRoom.Rooms;

/// <summary>Finds the answers that a room remembers by who asked and their id. Belongs to the mailbox's reader.</summary>
/// <remarks>Measured: an immutable index inside the state cost a third of a command's processor time. This one may remember a little longer than the
/// state does, which harms nobody.</remarks>
internal sealed class AnswerIndex
{
    private readonly Dictionary<(string By, string Id), Answer> byId = [];

    public Answer? Find(string by, string id) => byId.GetValueOrDefault((by, id));

    public void Add(Answer answer) => byId.TryAdd((answer.By, answer.Id), answer);

    /// <param name="remembered">What the state remembers, these included.</param>
    public void Add(List<Answer> answers, AnsweredCommands remembered)
    {
        if (byId.Count > 2 * (remembered.Count + AnsweredCommands.Surplus)) Reset(remembered);
        else answers.ForEach(Add);
    }

    public void Reset(AnsweredCommands remembered)
    {
        byId.Clear();
        foreach (var answer in remembered.InOrder) Add(answer);
    }
}
