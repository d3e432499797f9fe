namespace FlowStream.Parsing.DeviceText;

/// <summary>The types of PAN-OS sessions.</summary>
internal static class PanosTypes
{
    /// <summary>A session with traffic.</summary>
    public const string Flow = "FLOW";

    /// <summary>A session that an application's gateway awaits; it has no traffic, and may have no addresses and ports yet.</summary>
    public const string Predict = "PREDICT";

    private const string ShortPredict = "PRED";

    /// <summary>True when <paramref name="word"/> is a type.</summary>
    public static bool IsType(ReadOnlySpan<char> word) => word is Flow or Predict or ShortPredict;

    /// <summary>The type in full: some listings cut it.</summary>
    public static string Full(string type) => type == ShortPredict ? Predict : type;
}
