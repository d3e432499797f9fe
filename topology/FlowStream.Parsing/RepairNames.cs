using System.Numerics;
using System.Text.Json;

namespace FlowStream.Parsing;

/// <summary>The names of <see cref="Repair"/>, in one place.</summary>
public static class RepairNames
{
    private static readonly string[] Codes =
        [
            .. Enum.GetValues<Repair>().Where(r => r != Repair.None).Order()
                .Select(r => JsonNamingPolicy.KebabCaseLower.ConvertName(r.ToString())),
        ];

    /// <summary>The code of a single repair as used in metrics and JSON, such as <c>typographic-quotes</c>.</summary>
    public static string Code(this Repair repair) => Codes[BitOperations.TrailingZeroCount((uint)repair)];
}
