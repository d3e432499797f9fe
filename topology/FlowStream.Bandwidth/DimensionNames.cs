using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>The names of the dimensions, as the schemas and the configuration have them.</summary>
public static class DimensionNames
{
    private static readonly string[] Names = ["device_host", "application"];

    private static readonly byte[][] Bytes = [.. Names.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>Number of dimensions.</summary>
    internal static int Count => Names.Length;

    /// <summary>The name of <paramref name="dimension"/>.</summary>
    public static string Name(this Dimension dimension) => Names[(int)dimension];

    /// <summary>Finds a dimension by its name.</summary>
    /// <returns>False when there is none.</returns>
    public static bool TryFind(string name, out Dimension dimension)
    {
        int index = Array.IndexOf(Names, name);
        dimension = (Dimension)Math.Max(index, 0);
        return index >= 0;
    }

    internal static byte[] NameBytes(int dimension) => Bytes[dimension];
}
