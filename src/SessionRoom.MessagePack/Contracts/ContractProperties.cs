using System.Text;
using System.Text.Json;

namespace SessionRoom.MessagePack.Contracts;

/// <summary>The members of a contract, found by name. Senders mostly keep the order they were declared in, so the search
/// begins behind the member found last.</summary>
internal sealed class ContractProperties
{
    private readonly ContractProperty[] _all;
    private readonly Dictionary<string, int>? _ignoringCase;

    public ContractProperties(ContractProperty[] all, bool ignoreCase)
    {
        _all = all;
        if (!ignoreCase) return;
        _ignoringCase = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < all.Length; i++) _ignoringCase.TryAdd(all[i].Name, i);
    }

    public ReadOnlySpan<ContractProperty> All => _all;

    /// <returns>The index of the member, or -1.</returns>
    public int Find(ReadOnlySpan<byte> name, int expected)
    {
        var all = _all;
        for (var i = expected; i < all.Length; i++)
        {
            if (name.SequenceEqual(all[i].Utf8Name)) return i;
        }

        for (var i = Math.Min(expected, all.Length) - 1; i >= 0; i--)
        {
            if (name.SequenceEqual(all[i].Utf8Name)) return i;
        }

        return _ignoringCase is null ? -1 : FindIgnoringCase(name);
    }

    /// <summary>Refuses an object in which a required member is missing.</summary>
    public void RequireAll(ReadOnlySpan<ulong> seen)
    {
        for (var i = 0; i < _all.Length; i++)
        {
            if (_all[i].IsRequired && (seen[i >> 6] & (1UL << i)) == 0) throw new JsonException($"'{_all[i].Name}' is required and missing.");
        }
    }

    private int FindIgnoringCase(ReadOnlySpan<byte> name)
    {
        const int LongestOnStack = 128;
        if (name.Length > LongestOnStack) return _ignoringCase!.GetValueOrDefault(Encoding.UTF8.GetString(name), -1);
        Span<char> text = stackalloc char[LongestOnStack];
        var length = Encoding.UTF8.GetChars(name, text);
        return _ignoringCase!.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var index) ? index : -1;
    }
}
