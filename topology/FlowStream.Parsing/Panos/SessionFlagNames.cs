using System.Text.Json;

namespace FlowStream.Parsing.Panos;

/// <summary>
/// The names of <see cref="PanosSessionFlags"/>, such as <c>packet-capture</c>; bits that are documented nowhere have none.
/// </summary>
internal static class SessionFlagNames
{
    private static readonly (PanosSessionFlags Flag, string Name)[] Names =
    [
        .. Enum.GetValues<PanosSessionFlags>().Where(flag => flag != PanosSessionFlags.None).OrderDescending()
            .Select(flag => (flag, JsonNamingPolicy.KebabCaseLower.ConvertName(flag.ToString()))),
    ];

    /// <summary>The names of the flags that are set in <paramref name="flags"/>, the highest first.</summary>
    public static IEnumerable<string> Of(long flags) => Names.Where(n => ((PanosSessionFlags)flags & n.Flag) != 0).Select(n => n.Name);
}
