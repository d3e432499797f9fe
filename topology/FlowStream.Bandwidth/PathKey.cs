using System.Text.Unicode;
using FlowStream.Schemas;

namespace FlowStream.Bandwidth;

/// <summary>
/// The binary key of a path: a zero byte, which no <see cref="SeriesKey"/> begins with, then for each part that the path has its number,
/// the length and the bytes of its name.
/// </summary>
public static class PathKey
{
    private const byte Marker = 0;
    private const int Parts = 5;

    /// <summary>Longest key.</summary>
    public static int MaxBytes => 1 + (Parts * (2 + SeriesKey.MaxValueBytes));

    /// <summary>Writes the key of the path that <paramref name="quality"/> is about, and returns its length.</summary>
    /// <param name="quality">A record of a path.</param>
    /// <param name="key">At least <see cref="MaxBytes"/> long.</param>
    public static int Write(PathQuality quality, Span<byte> key)
    {
        ArgumentNullException.ThrowIfNull(quality);
        key[0] = Marker;
        int position = SeriesKey.Append(key, 1, 0, quality.DeviceHost.Span);
        position = Append(key, position, 1, quality.RoutingInstance);
        position = Append(key, position, 2, quality.DestinationInterfaceName);
        position = Append(key, position, 3, quality.DestinationGroupName);
        return Append(key, position, 4, quality.ActiveProbeParams);
    }

    /// <summary>True for the key of a path, and of its rows and partials.</summary>
    public static bool IsPath(ReadOnlySpan<byte> key) => !key.IsEmpty && key[0] == Marker;

    /// <summary>Checks that the bytes are a key and nothing else.</summary>
    internal static bool IsValid(ReadOnlySpan<byte> key)
    {
        if (!IsPath(key) || key.Length > MaxBytes) return false;
        int position = 1, last = -1;
        while (position < key.Length)
        {
            if (key.Length - position < 2 || key[position] <= last || key[position] >= Parts) return false;
            last = key[position];
            int length = key[position + 1];
            position += 2;
            if (length is 0 or > SeriesKey.MaxValueBytes || length > key.Length - position) return false;
            if (!Utf8.IsValid(key.Slice(position, length))) return false;
            position += length;
        }
        return true;
    }

    /// <summary>Puts the names of the path into <paramref name="quality"/>; they refer into the key.</summary>
    internal static void Fill(PathQuality quality, ReadOnlyMemory<byte> key)
    {
        int position = 1;
        while (position < key.Length)
        {
            int part = key.Span[position], length = key.Span[position + 1];
            var name = new Utf8Text(key.Slice(position + 2, length));
            if (part == 0) quality.DeviceHost = name;
            else if (part == 1) quality.RoutingInstance = name;
            else if (part == 2) quality.DestinationInterfaceName = name;
            else if (part == 3) quality.DestinationGroupName = name;
            else quality.ActiveProbeParams = name;
            position += 2 + length;
        }
    }

    private static int Append(Span<byte> key, int position, byte part, Utf8Text? name) =>
        name is { } text ? SeriesKey.Append(key, position, part, text.Span) : position;
}
