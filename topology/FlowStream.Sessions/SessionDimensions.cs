using FlowStream.Parsing;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>
/// The values of every <see cref="Dimension"/> for one delta or count. Valid only during the call that passes it. Values are looked up when
/// they are asked for; <see cref="Identity(DimensionTexts)"/> tells without that whether they are the same as before.
/// </summary>
/// <remarks>
/// They are what the message itself says that the delta or count comes from; what it leaves out, and what does not change in the life of a
/// session (zones, policy, interfaces), is taken from the message that tells the session's start.
/// </remarks>
public readonly ref struct SessionDimensions
{
    private readonly BlobStore? _texts;
    private readonly ref readonly FlowTuple _tuple;
    private readonly ReadOnlySpan<byte> _deviceText;
    private readonly ReadOnlySpan<byte> _applicationText;
    private readonly int _device;
    private readonly int _logicalSystem;
    private readonly int _own;
    private readonly int _person;
    private readonly int _start;

    /// <summary>Makes values of a device and an application alone; an empty one means that there is none.</summary>
    public SessionDimensions(ReadOnlySpan<byte> device, ReadOnlySpan<byte> application)
    {
        _deviceText = device;
        _applicationText = application;
    }

    /// <summary>Makes the values of a session.</summary>
    /// <param name="texts">Where the texts are.</param>
    /// <param name="slot">The session.</param>
    /// <param name="own">The texts of the message.</param>
    /// <param name="person">Its user.</param>
    /// <param name="start">The texts of the message that tells the start.</param>
    /// <param name="end">Why the session ended, if the message says so.</param>
    internal SessionDimensions(BlobStore texts, ref readonly SessionSlot slot, int own, int person, int start, EndReason? end)
        : this(texts, slot.Device, slot.LogicalSystem, in slot.Tuple, own, person, start, end)
    {
    }

    /// <summary>Makes the values of a message that is of no session.</summary>
    internal SessionDimensions(
        BlobStore texts, int device, int logicalSystem, ref readonly FlowTuple tuple, int own, int person, int start, EndReason? end)
    {
        _texts = texts;
        _tuple = ref tuple;
        _device = device;
        _logicalSystem = logicalSystem;
        _own = own;
        _person = person;
        _start = start;
        EndReason = end;
    }

    /// <summary>Why the session ended, where the message says so.</summary>
    public EndReason? EndReason { get; }

    /// <summary>True when addresses and protocol are known.</summary>
    public bool HasTuple => _texts is not null;

    /// <summary>Address of the client; only with <see cref="HasTuple"/>.</summary>
    public IpAddress Source => _tuple.Source;

    /// <summary>Address of the server; only with <see cref="HasTuple"/>.</summary>
    public IpAddress Destination => _tuple.Destination;

    /// <summary>Number of the protocol; only with <see cref="HasTuple"/>.</summary>
    public byte Protocol => _tuple.Protocol;

    /// <summary>
    /// The same for the same texts among <paramref name="used"/>; addresses, protocol and end reason play no part in it.
    /// </summary>
    public DimensionsIdentity Identity(DimensionTexts used)
    {
        if (_texts is null) return new DimensionsIdentity(1, 1).With(ByteHash.Of(_deviceText, 0)).With(ByteHash.Of(_applicationText, 0));
        var identity = default(DimensionsIdentity);
        // Hashes and not numbers: these are used again for other texts.
        if ((used & DimensionTexts.Own) != 0) identity = identity.With(_texts.HashOf(_own));
        if ((used & DimensionTexts.Device) != 0) identity = identity.With(_texts.HashOf(_device));
        if ((used & DimensionTexts.LogicalSystem) != 0) identity = identity.With(_texts.HashOf(_logicalSystem));
        if ((used & DimensionTexts.Person) != 0) identity = identity.With(_texts.HashOf(_person));
        return (used & DimensionTexts.Start) == 0 ? identity : identity.With(_texts.HashOf(_start));
    }

    /// <summary>
    /// The UTF-8 text of <paramref name="dimension"/>; empty when there is none, and for those that are no texts: protocol, addresses, end
    /// reason.
    /// </summary>
    public ReadOnlySpan<byte> this[Dimension dimension] => dimension switch
    {
        Dimension.Device => _texts is null ? _deviceText : _texts[_device],
        Dimension.Application => _texts is null ? _applicationText : Profile.Application(_texts[_own]),
        Dimension.LogicalSystem => _texts is null ? default : _texts[_logicalSystem],
        Dimension.NestedApplication => Own(Field.NestedApplication),
        Dimension.Category => Own(Field.Category),
        Dimension.Username => Person(Field.Username),
        Dimension.Roles => Person(Field.Roles),
        Dimension.SourceZone => Lasting(Field.SourceZoneName),
        Dimension.DestinationZone => Lasting(Field.DestinationZoneName),
        Dimension.Policy => Lasting(Field.PolicyName),
        Dimension.IngressInterface => Lasting(Field.PacketIncomingInterface),
        Dimension.EgressInterface => Lasting(Field.DestinationInterfaceName),
        Dimension.RoutingInstance => Lasting(Field.RoutingInstance),
        Dimension.Service => Lasting(Field.ServiceName),
        _ => default,
    };

    /// <summary>The texts that the value of <paramref name="dimension"/> is taken from.</summary>
    public static DimensionTexts TextsOf(Dimension dimension) => dimension switch
    {
        Dimension.Device => DimensionTexts.Device,
        Dimension.LogicalSystem => DimensionTexts.LogicalSystem,
        Dimension.Application or Dimension.NestedApplication or Dimension.Category => DimensionTexts.Own,
        Dimension.Username or Dimension.Roles => DimensionTexts.Person,
        Dimension.Protocol or Dimension.EndReason or Dimension.SourcePrefix or Dimension.DestinationPrefix
            or Dimension.SourceAddress or Dimension.DestinationAddress => DimensionTexts.None,
        _ => DimensionTexts.Own | DimensionTexts.Start,
    };

    private ReadOnlySpan<byte> Own(Field field) => _texts is null ? default : Profile.Text(_texts[_own], field);

    private ReadOnlySpan<byte> Person(Field field) => _texts is null ? default : Profile.Text(_texts[_person], field);

    private ReadOnlySpan<byte> Lasting(Field field)
    {
        ReadOnlySpan<byte> own = Own(field);
        return !own.IsEmpty || _texts is null ? own : Profile.Text(_texts[_start], field);
    }
}
