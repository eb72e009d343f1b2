namespace SessionRoom.MessagePack.Wire;

/// <summary>The first byte of a MessagePack value.</summary>
/// <remarks>MessagePack specification, "Formats": positive fixint 0x00-0x7f, fixmap 0x80-0x8f, fixarray 0x90-0x9f,
/// fixstr 0xa0-0xbf, negative fixint 0xe0-0xff; the rest is named here.</remarks>
internal static class Token
{
    public const byte FixMap = 0x80;
    public const byte FixArray = 0x90;
    public const byte FixStr = 0xa0;
    public const byte Nil = 0xc0;
    public const byte False = 0xc2;
    public const byte True = 0xc3;
    public const byte Bin8 = 0xc4;
    public const byte Bin16 = 0xc5;
    public const byte Bin32 = 0xc6;
    public const byte Ext8 = 0xc7;
    public const byte Ext16 = 0xc8;
    public const byte Ext32 = 0xc9;
    public const byte Float32 = 0xca;
    public const byte Float64 = 0xcb;
    public const byte UInt8 = 0xcc;
    public const byte UInt16 = 0xcd;
    public const byte UInt32 = 0xce;
    public const byte UInt64 = 0xcf;
    public const byte Int8 = 0xd0;
    public const byte Int16 = 0xd1;
    public const byte Int32 = 0xd2;
    public const byte Int64 = 0xd3;
    public const byte FixExt1 = 0xd4;
    public const byte FixExt2 = 0xd5;
    public const byte FixExt4 = 0xd6;
    public const byte FixExt8 = 0xd7;
    public const byte FixExt16 = 0xd8;
    public const byte Str8 = 0xd9;
    public const byte Str16 = 0xda;
    public const byte Str32 = 0xdb;
    public const byte Array16 = 0xdc;
    public const byte Array32 = 0xdd;
    public const byte Map16 = 0xde;
    public const byte Map32 = 0xdf;
    public const byte NegativeFixInt = 0xe0;

    public static TokenKind KindOf(byte first) => first switch
    {
        < FixMap or >= NegativeFixInt => TokenKind.Integer,
        < FixArray => TokenKind.Map,
        < FixStr => TokenKind.Array,
        < Nil => TokenKind.String,
        Nil => TokenKind.Nil,
        False or True => TokenKind.Boolean,
        Bin8 or Bin16 or Bin32 => TokenKind.Binary,
        Ext8 or Ext16 or Ext32 or (>= FixExt1 and <= FixExt16) => TokenKind.Extension,
        Float32 or Float64 => TokenKind.Float,
        >= UInt8 and <= Int64 => TokenKind.Integer,
        Str8 or Str16 or Str32 => TokenKind.String,
        Array16 or Array32 => TokenKind.Array,
        Map16 or Map32 => TokenKind.Map,
        _ => TokenKind.Invalid,
    };
}

internal enum TokenKind
{
    Invalid,
    Nil,
    Boolean,
    Integer,
    Float,
    String,
    Binary,
    Array,
    Map,
    Extension,
}
