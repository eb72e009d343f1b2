namespace SessionRoom.LoadTests.Generator;

/// <summary>What others are given to send on: a patch with the fields and the size of ours, so that all move the same bytes.</summary>
internal static class Patches
{
    public static string Of(string name, string text) =>
        $$"""{"seq":1000,"at":1795743960000,"events":[{"type":"people.renamed","by":"{{name}}","pid":"{{name}}","name":"{{text}}"}],""" + $$"""
        "patch":{"people":{"{{name}}":{"name":"{{text}}"}
        """ + "}}}";
}
