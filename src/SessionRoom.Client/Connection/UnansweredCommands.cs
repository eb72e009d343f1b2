using System.Text.Json.Nodes;

namespace SessionRoom.Client.Connection;

/// <summary>A command on its way to an answer, however many connections that takes.</summary>
/// <param name="Waits">How long to wait before it is sent again where the server could not decide it.</param>
internal sealed record UnansweredCommand(string Id, JsonObject Body, Backoff Waits)
{
    private readonly TaskCompletionSource<Ack> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Ack> Answer => _answer.Task;

    public void Settle(Ack answer) => _answer.TrySetResult(answer);

    public void Fail(Exception why) => _answer.TrySetException(why);

    /// <summary>Nobody waits any more: it is not sent again.</summary>
    public void Abandon() => _answer.TrySetCanceled();
}

/// <summary>The commands that wait for an answer, in the order they were given. Safe for concurrent use.</summary>
internal sealed class UnansweredCommands
{
    private readonly Lock _gate = new();
    private readonly List<UnansweredCommand> _commands = [];
    private Exception? _closed;

    public void Add(UnansweredCommand command)
    {
        lock (_gate)
        {
            if (_closed is not null) throw _closed;
            _commands.Add(command);
        }
    }

    public void Remove(UnansweredCommand command)
    {
        lock (_gate) _commands.Remove(command);
    }

    public IReadOnlyList<UnansweredCommand> InOrder()
    {
        lock (_gate) return [.. _commands];
    }

    /// <summary>Fails all that wait and all that come.</summary>
    public void Close(Exception why)
    {
        lock (_gate) _closed ??= why;
        foreach (var command in InOrder()) command.Fail(why);
    }
}
