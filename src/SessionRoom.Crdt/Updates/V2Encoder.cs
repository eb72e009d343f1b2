namespace SessionRoom.Crdt;
internal static class V2Encoder { public static byte[] FromV1(ReadOnlySpan<byte> update) => throw new NotSupportedException(); }
internal static class V2Decoder { public static UpdateProblem? TryToV1(ReadOnlySpan<byte> update, UpdateLimits limits, out byte[] v1) => throw new NotSupportedException(); }
