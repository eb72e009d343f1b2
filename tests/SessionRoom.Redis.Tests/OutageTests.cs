namespace SessionRoom.Redis.Tests;

/// <summary>Tests of leases and of a Redis that hangs: they do not share the pool's threads with others, for what they look at is what passes when nothing is done.</summary>
[CollectionDefinition(nameof(OutageTests), DisableParallelization = true)]
public sealed class OutageTests;
