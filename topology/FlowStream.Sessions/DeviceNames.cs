using System.Text;
using FlowStream.Parsing;

namespace FlowStream.Sessions;

/// <summary>The name that a message's device is known under.</summary>
internal sealed class DeviceNames
{
    private readonly DeviceTable<byte[]> _aliases;

    /// <summary>Makes the names with <see cref="SessionOptions.Aliases"/>.</summary>
    public DeviceNames(SessionOptions options) => _aliases = DeviceTable<byte[]>.Of(options.Aliases, Encoding.UTF8.GetBytes);

    /// <summary>
    /// The name of the device that sent <paramref name="e"/>. A serial number is the same whatever the device is called and whoever passes
    /// its logs on, so an alias of it comes first, and where there is no name it is better than the address of a sender that may stand for
    /// many devices.
    /// </summary>
    public ReadOnlySpan<byte> Of(SessionEvent e, ReadOnlySpan<byte> senderFallback)
    {
        ReadOnlySpan<byte> serial = e.Text(Field.DeviceSerial);
        if (!serial.IsEmpty && _aliases.TryGet(serial, out byte[] known)) return known;
        ReadOnlySpan<byte> device = !e.DeviceHost.IsEmpty ? e.DeviceHost : !serial.IsEmpty ? serial : senderFallback;
        return _aliases.TryGet(device, out byte[] alias) ? alias : device;
    }
}
