namespace SessionRoom.Domain.Tests;

/// <summary>Choices that follow from one number (SplitMix64), so that a shrunk script still means the same.</summary>
internal struct Dice(int seed)
{
    private ulong state = (uint)seed;

    public int Next(int sides)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)sides);
    }

    public bool OneIn(int many) => Next(many) == 0;

    public T Of<T>(params IReadOnlyList<T> choices) => choices[Next(choices.Count)];
}
