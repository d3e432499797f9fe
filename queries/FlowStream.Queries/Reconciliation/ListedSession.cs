using FlowStream.Parsing.DeviceText;

namespace FlowStream.Queries.Reconciliation;

/// <summary>A session as its device lists it.</summary>
/// <param name="Key">Which.</param>
/// <param name="Counters">Its totals, as far as the listing shows them.</param>
public sealed record ListedSession(TableKey Key, Counters Counters)
{
    /// <summary>Takes from a listing what is compared.</summary>
    /// <param name="device">The device's name.</param>
    /// <param name="session">The session.</param>
    /// <returns>Null when the listing lacks the id or an address.</returns>
    public static ListedSession? Of(string device, DeviceSession session)
    {
        if (session.Number(DeviceField.SessionId) is not { } id || session.Address(DeviceField.SourceAddress) is not { } source
            || session.Address(DeviceField.DestinationAddress) is not { } destination)
        {
            return null;
        }
        var key = new TableKey(
            device.ToLowerInvariant(), id, source, (int)(session.Number(DeviceField.SourcePort) ?? 0),
            destination, (int)(session.Number(DeviceField.DestinationPort) ?? 0), (byte)(session.Number(DeviceField.ProtocolId) ?? 0));
        return new ListedSession(key, new Counters(
            session.Number(DeviceField.PacketsFromClient), session.Number(DeviceField.BytesFromClient),
            session.Number(DeviceField.PacketsFromServer), session.Number(DeviceField.BytesFromServer)));
    }
}
