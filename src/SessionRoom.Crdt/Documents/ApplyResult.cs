namespace SessionRoom.Crdt;

/// <summary>What <see cref="Doc.ApplyUpdate"/> did.</summary>
/// <param name="Problem">Why the update was refused; null when it was applied or kept pending.</param>
/// <param name="Changed">Whether the visible document or its state changed.</param>
/// <param name="Pending">Whether the document now waits for updates that have not arrived.</param>
public readonly record struct ApplyResult(UpdateProblem? Problem, bool Changed, bool Pending)
{
    /// <summary>True unless the update was refused.</summary>
    public bool Accepted => Problem is null;
}
