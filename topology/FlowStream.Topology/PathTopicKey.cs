using FlowStream.Schemas;

namespace FlowStream.Topology;

/// <summary>
/// The key of a record about a path: device, routing instance, interface, destination group and probe as text, as in
/// <c>fw1/ri3/gr-0%2F0%2F0.2/p1/PP1</c>; what the path does not have is empty. Escaped like <see cref="WindowKey"/>.
/// </summary>
internal static class PathTopicKey
{
    private const int Parts = 5;
    private const int BytesPerEscape = 3;

    /// <summary>Length of the longest form of the key of <paramref name="quality"/>.</summary>
    public static int MaxBytes(PathQuality quality) => Parts + (BytesPerEscape * (quality.DeviceHost.Span.Length
        + Length(quality.RoutingInstance) + Length(quality.DestinationInterfaceName) + Length(quality.DestinationGroupName)
        + Length(quality.ActiveProbeParams)));

    /// <summary>Writes the key and returns its length.</summary>
    /// <param name="quality">The record.</param>
    /// <param name="key">At least <see cref="MaxBytes"/> long.</param>
    public static int Write(PathQuality quality, Span<byte> key)
    {
        int written = WindowKey.Append(key, 0, quality.DeviceHost.Span);
        written = Append(key, written, quality.RoutingInstance);
        written = Append(key, written, quality.DestinationInterfaceName);
        written = Append(key, written, quality.DestinationGroupName);
        return Append(key, written, quality.ActiveProbeParams);
    }

    private static int Length(Utf8Text? name) => name is { } text ? text.Span.Length : 0;

    private static int Append(Span<byte> key, int written, Utf8Text? name)
    {
        key[written++] = (byte)'/';
        return name is { } text ? WindowKey.Append(key, written, text.Span) : written;
    }
}
