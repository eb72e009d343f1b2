namespace SessionRoom;

/// <summary>A test class that is disposed of after each test: xunit 2 itself looks at <see cref="IDisposable"/> and <see cref="IAsyncLifetime"/> only.</summary>
public interface IDisposedAfterwards : IAsyncLifetime, IAsyncDisposable
{
    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => ((IAsyncDisposable)this).DisposeAsync().AsTask();
}
