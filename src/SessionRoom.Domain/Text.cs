using System.Globalization;
using System.Text;

namespace SessionRoom.Domain;

/// <summary>What free text a command may carry.</summary>
internal static class Text
{
    public const int LongestId = 64;

    /// <summary>Participant ids come from integrators' tokens, where they may be addresses or URNs.</summary>
    public const int LongestPid = 256;

    /// <summary>Refuses text that is missing, too long, shows nothing, or has control characters other than line breaks and tabs.</summary>
    public static Refusal? Check(string? text, int longest, string field) => text switch
    {
        null => new(RefusalCode.Invalid, $"{field} is missing"),
        { Length: var length } when length > longest => new(RefusalCode.TooLarge, $"{field} has at most {longest} characters"),
        _ when !text.EnumerateRunes().Any(Shows) => new(RefusalCode.Invalid, $"{field} is empty"),
        _ when text.Any(unit => char.IsControl(unit) && unit is not ('\n' or '\r' or '\t')) => new(RefusalCode.Invalid, $"{field} has control characters"),
        _ when HasLoneSurrogate(text) => new(RefusalCode.Invalid, $"{field} has half a character"),
        _ => null,
    };

    /// <summary>White space, and characters that only say how others are shown, are nothing by themselves.</summary>
    private static bool Shows(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark);

    /// <summary>Half a surrogate pair cannot be written as UTF-8: what is stored would differ from what was decided.</summary>
    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogatePair(text, i)) i++;
            else if (char.IsSurrogate(text[i])) return true;
        return false;
    }
}
