namespace SessionRoom.LoadTests.Measuring;

/// <summary>What a scenario measured; its text is the table.</summary>
public interface IFigure
{
    /// <summary>Whether it is what is asked of the server.</summary>
    bool Holds { get; }
}
