namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>The commands of a script; tests/peers/crdt/machine.mjs gives them the same numbers.</summary>
internal enum Command
{
    Open = 1,
    Transact = 2,
    Apply = 3,
    Deliver = 4,
    Sync = 5,
    Report = 6,
    Take = 7,
    UndoRedo = 8,
    Legacy = 9,
    Merge = 10,
    Diff = 11,
    Convert = 12,
    Events = 13,
    Position = 14,
    StateDiff = 15,
    Resolve = 16,
    Clear = 17,
}

/// <summary>How a replica is opened.</summary>
[Flags]
internal enum ReplicaKind
{
    None = 0,
    Collects = 1,
    Typed = 2,
    Undoable = 4,
    Watched = 8,
}

/// <summary>What a replica is asked for; answers come in the order of the bits, content last.</summary>
[Flags]
internal enum ReportParts
{
    Content = 1,
    Vector = 2,
    State = 4,
    StateV2 = 8,
    Pending = 16,
    Snapshot = 32,
    Bytes = Vector | State | StateV2 | Pending | Snapshot,
}

/// <summary>What a machine answered to one script.</summary>
/// <param name="Failure">Empty, or what was thrown after the last answer.</param>
internal sealed record ScriptAnswers(string Failure, IReadOnlyList<byte[]> Values);
