using System.Globalization;
using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>Gives every dimension its text, also those that are numbers and addresses, and tells when all are the same as before.</summary>
internal sealed class DimensionValues
{
    private const int ScratchBytes = 64;

    private readonly PrefixLengths _prefixes;
    private readonly DimensionTexts _texts;
    private readonly bool _byProtocol;
    private readonly bool _byEnd;
    private readonly bool _bySource;
    private readonly bool _byDestination;
    private readonly bool _byAddress;
    private readonly byte[] _scratch = new byte[ScratchBytes];

    /// <summary>Makes the values that <paramref name="aggregations"/> need.</summary>
    public DimensionValues(IReadOnlyList<Aggregation> aggregations, PrefixLengths prefixes)
    {
        _prefixes = prefixes;
        var used = aggregations.SelectMany(aggregation => aggregation.Dimensions).ToHashSet();
        _texts = used.Aggregate(DimensionTexts.None, (texts, dimension) => texts | SessionDimensions.TextsOf(dimension));
        _byProtocol = used.Contains(Dimension.Protocol);
        _byEnd = used.Contains(Dimension.EndReason);
        _bySource = used.Contains(Dimension.SourcePrefix);
        _byDestination = used.Contains(Dimension.DestinationPrefix);
        _byAddress = used.Contains(Dimension.SourceAddress) || used.Contains(Dimension.DestinationAddress);
    }

    /// <summary>The same for the same values of every dimension that is used.</summary>
    public DimensionsIdentity Identity(in SessionDimensions dimensions)
    {
        DimensionsIdentity identity = dimensions.Identity(_texts);
        if (_byEnd) identity = identity.With(dimensions.EndReason is { } end ? (ulong)end + 1 : 0);
        if (!dimensions.HasTuple) return identity;
        if (_byProtocol) identity = identity.With(dimensions.Protocol);
        if (_bySource) identity = With(identity, _prefixes.Of(dimensions.Source));
        if (_byDestination) identity = With(identity, _prefixes.Of(dimensions.Destination));
        return _byAddress ? With(With(identity, dimensions.Source), dimensions.Destination) : identity;
    }

    /// <summary>The text of <paramref name="dimension"/>, valid until the next call; empty when there is none.</summary>
    public ReadOnlySpan<byte> Text(in SessionDimensions dimensions, Dimension dimension)
    {
        int length = 0;
        switch (dimension)
        {
            case Dimension.EndReason:
                return dimensions.EndReason is { } end ? end.Code().Span : default;
            case Dimension.Protocol when dimensions.HasTuple:
                dimensions.Protocol.TryFormat(_scratch, out length, provider: CultureInfo.InvariantCulture);
                break;
            case Dimension.SourcePrefix when dimensions.HasTuple:
                length = _prefixes.Format(dimensions.Source, _scratch);
                break;
            case Dimension.DestinationPrefix when dimensions.HasTuple:
                length = _prefixes.Format(dimensions.Destination, _scratch);
                break;
            case Dimension.SourceAddress when dimensions.HasTuple:
                length = dimensions.Source.Format(_scratch);
                break;
            case Dimension.DestinationAddress when dimensions.HasTuple:
                length = dimensions.Destination.Format(_scratch);
                break;
            default:
                return dimensions[dimension];
        }
        return _scratch.AsSpan(0, length);
    }

    private static DimensionsIdentity With(DimensionsIdentity identity, Parsing.IpAddress address) =>
        identity.With(address.High).With(address.Low);
}
