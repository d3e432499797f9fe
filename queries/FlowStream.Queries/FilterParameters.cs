using System.Globalization;
using System.Text;
using FlowStream.Parsing;
using FlowStream.Sessions.Table;

namespace FlowStream.Queries;

/// <summary>The filters on sessions: one table for the command line, the HTTP endpoint and their help.</summary>
public static class FilterParameters
{
    /// <summary>Longest text of a value, in characters: names of devices, interfaces and applications are far shorter.</summary>
    public const int MaxValueLength = 256;

    /// <summary>Every filter.</summary>
    public static IReadOnlyList<FilterParameter> All { get; } =
    [
        new("source-prefix", "PREFIX", "The client's address before translation is in it: 192.0.2.0/24, 10/8, 2001:db8::/32, an address.",
            (filter, text) => Prefix(text) is { } prefix ? filter with { SourcePrefix = prefix } : null),
        new("destination-prefix", "PREFIX", "The server's address before translation is in it.",
            (filter, text) => Prefix(text) is { } prefix ? filter with { DestinationPrefix = prefix } : null),
        new("source-port", "PORT", "The client's port: 0 to 65535.",
            (filter, text) => Port(text) is { } port ? filter with { SourcePort = port } : null),
        new("destination-port", "PORT", "The server's port: 0 to 65535.",
            (filter, text) => Port(text) is { } port ? filter with { DestinationPort = port } : null),
        new("protocol", "PROTOCOL", "The IP protocol: its number, 0 to 255, or its name, as tcp.",
            (filter, text) => Protocol(text) is { } protocol ? filter with { Protocol = protocol } : null),
        new("interface", "NAME", "The interface by which packets come in or go out, as ge-0/0/0.0.",
            (filter, text) => Name(text) is { } name ? filter with { Interface = name } : null),
        new("application", "NAME", "The nested application, the application or the service, as HTTP or junos-https.",
            (filter, text) => Name(text) is { } name ? filter with { Application = name } : null),
        new("session-identifier", "ID", "The device's number for the session.",
            (filter, text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id)
                ? filter with { SessionId = id } : null),
        new("device", "NAME", "The device's name in its log messages, after Devices:Aliases.",
            (filter, text) => Name(text) is { } name ? filter with { Device = name } : null),
    ];

    private static AddressPrefix? Prefix(string text) =>
        Ascii.IsValid(text) && AddressPrefix.TryParse(Encoding.ASCII.GetBytes(text), out AddressPrefix prefix) ? prefix : null;

    private static ushort? Port(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) ? port : null;

    private static byte? Protocol(string text)
    {
        if (byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte number)) return number;
        return Ascii.IsValid(text) && ProtocolNames.TryFind(Encoding.ASCII.GetBytes(text), out byte named) ? named : null;
    }

    private static string? Name(string text) => text.Length > 0 ? text : null;
}
