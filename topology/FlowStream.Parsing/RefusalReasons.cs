using System.Text.Json;

namespace FlowStream.Parsing;

/// <summary>The names and texts of <see cref="RefusalReason"/>, in one place.</summary>
public static class RefusalReasons
{
    private static readonly string[] Codes =
        [.. Enum.GetNames<RefusalReason>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>The code used in dead letters, metrics and JSON, such as <c>bad-timestamp</c>.</summary>
    public static string Code(this RefusalReason reason) => Codes[(int)reason];
}
