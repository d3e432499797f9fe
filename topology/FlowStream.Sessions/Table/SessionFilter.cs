using System.Text;
using FlowStream.Schemas;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions.Table;

/// <summary>
/// Which sessions of the table are wanted: the filters of Junos' <c>show security flow session</c>. A session has to pass all that are set.
/// Addresses and ports are those before translation; names are compared without regard to ASCII letter case.
/// </summary>
public sealed record SessionFilter
{
    /// <summary>Name of the device, after its alias.</summary>
    public string? Device { get; init; }

    /// <summary>Where the client's address is.</summary>
    public AddressPrefix? SourcePrefix { get; init; }

    /// <summary>Where the server's address is.</summary>
    public AddressPrefix? DestinationPrefix { get; init; }

    /// <summary>The client's port.</summary>
    public ushort? SourcePort { get; init; }

    /// <summary>The server's port.</summary>
    public ushort? DestinationPort { get; init; }

    /// <summary>Number of the IP protocol.</summary>
    public byte? Protocol { get; init; }

    /// <summary>The device's number for the session.</summary>
    public long? SessionId { get; init; }

    /// <summary>The interface that its packets come in by, or the one they leave by.</summary>
    public string? Interface { get; init; }

    /// <summary>Its nested application, application or service.</summary>
    public string? Application { get; init; }

    /// <summary>Whether sessions that have ended and are remembered are wanted too.</summary>
    public bool Remembered { get; init; }

    /// <summary>Whether a filter asks for more than the slot of a session holds.</summary>
    internal bool AsksForTexts => Interface is not null || Application is not null;

    /// <summary>The filters on numbers.</summary>
    internal bool Matches(in FlowTuple tuple) =>
        (SessionId is not { } id || id == tuple.SessionId)
        && (Protocol is not { } protocol || protocol == tuple.Protocol)
        && (SourcePort is not { } source || source == tuple.SourcePort)
        && (DestinationPort is not { } destination || destination == tuple.DestinationPort)
        && (SourcePrefix is not { } from || from.Contains(tuple.Source))
        && (DestinationPrefix is not { } to || to.Contains(tuple.Destination));

    /// <summary>The filter on the device.</summary>
    internal bool MatchesDevice(ReadOnlySpan<byte> device) => Device is null || Same(device, Device);

    /// <summary>The filters on what only the record shows.</summary>
    internal bool Matches(CompletedSession record) =>
        (Interface is null || Same(record.PacketIncomingInterface, Interface) || Same(record.DestinationInterfaceName, Interface))
        && (Application is null || Same(record.NestedApplication, Application) || Same(record.Application, Application)
            || Same(record.ServiceName, Application));

    private static bool Same(Utf8Text? value, string wanted) => value is { } text && Same(text.Span, wanted);

    private static bool Same(ReadOnlySpan<byte> value, string wanted)
    {
        // Compared as the device's bytes; a name beyond ASCII, which hardly exists, has to be spelled exactly.
        if (Ascii.IsValid(wanted)) return Ascii.EqualsIgnoreCase(value, wanted);
        return value.SequenceEqual(Encoding.UTF8.GetBytes(wanted));
    }
}
