using System.Text;
using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>The names of the dimensions, as the schemas and the configuration have them.</summary>
public static class DimensionNames
{
    // In the order of the enum.
    private static readonly string[] Names =
    [
        "device_host", "application", "logical_system", "nested_application", "category", "username", "roles", "source_zone_name",
        "destination_zone_name", "policy_name", "packet_incoming_interface", "destination_interface_name", "routing_instance",
        "protocol_id", "service_name", "end_reason", "source_prefix", "destination_prefix",
        "source_address", "destination_address",
    ];

    // Names for two dimensions that are asked for together.
    private static readonly Dictionary<string, Dimension[]> Pairs = new(StringComparer.Ordinal)
    {
        ["zone_pair"] = [Dimension.SourceZone, Dimension.DestinationZone],
    };

    private static readonly byte[][] Bytes = [.. Names.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Every name that the configuration may hold.</summary>
    public static IEnumerable<string> All => Names.Concat(Pairs.Keys);

    /// <summary>Number of dimensions.</summary>
    internal static int Count => Names.Length;

    /// <summary>The name of <paramref name="dimension"/>.</summary>
    public static string Name(this Dimension dimension) => Names[(int)dimension];

    /// <summary>Finds the dimension of a name, or both of a pair, and adds them to <paramref name="found"/>.</summary>
    /// <returns>False, and nothing is added, when there is none of that name.</returns>
    public static bool TryFind(string name, ICollection<Dimension> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        if (Pairs.TryGetValue(name, out Dimension[]? pair))
        {
            foreach (Dimension dimension in pair) found.Add(dimension);
            return true;
        }
        int index = Array.IndexOf(Names, name);
        if (index >= 0) found.Add((Dimension)index);
        return index >= 0;
    }

    internal static byte[] NameBytes(int dimension) => Bytes[dimension];
}
