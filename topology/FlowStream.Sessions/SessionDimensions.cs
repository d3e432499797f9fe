namespace FlowStream.Sessions;

/// <summary>
/// The values of every <see cref="Dimension"/> for one delta. Valid only during the call that passes it.
/// </summary>
public readonly ref struct SessionDimensions
{
    private readonly ReadOnlySpan<byte> _device;
    private readonly ReadOnlySpan<byte> _application;

    /// <summary>Makes the values of one session; an empty one means that the session has none.</summary>
    public SessionDimensions(ReadOnlySpan<byte> device, ReadOnlySpan<byte> application)
    {
        _device = device;
        _application = application;
    }

    /// <summary>The UTF-8 text of <paramref name="dimension"/>; empty when the session has none.</summary>
    public ReadOnlySpan<byte> this[Dimension dimension] => dimension switch
    {
        Dimension.Device => _device,
        Dimension.Application => _application,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "Not a dimension."),
    };
}
