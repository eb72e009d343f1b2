namespace SessionRoom.Crdt;

/// <summary>The kinds of shared types, numbered as on the wire.</summary>
public enum YTypeKind
{
    /// <summary>A list of values.</summary>
    Array = 0,
    /// <summary>Keys and values.</summary>
    Map = 1,
    /// <summary>Rich text.</summary>
    Text = 2,
    /// <summary>An XML element.</summary>
    XmlElement = 3,
    /// <summary>A list of XML nodes.</summary>
    XmlFragment = 4,
    /// <summary>A custom XML node (a map with a name).</summary>
    XmlHook = 5,
    /// <summary>Rich text among XML nodes.</summary>
    XmlText = 6,
    /// <summary>A root that nobody has asked for by kind yet.</summary>
    Unknown = 15,
}
