using System.Text.Json;

namespace FlowStream.Producers;

/// <summary>The names of <see cref="RejectReason"/> in metrics and summaries, in one place.</summary>
public static class RejectReasons
{
    private static readonly string[] Codes = [.. Enum.GetNames<RejectReason>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>Number of reasons, <see cref="RejectReason.None"/> included.</summary>
    public static int Count => Codes.Length;

    /// <summary>The name used in metrics and summaries, such as <c>too-long</c>.</summary>
    public static string Code(this RejectReason reason) => Codes[(int)reason];
}
