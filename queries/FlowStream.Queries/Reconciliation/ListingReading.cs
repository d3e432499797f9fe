using FlowStream.Parsing.DeviceText;

namespace FlowStream.Queries.Reconciliation;

/// <summary>Gives the sessions of a device's listing to a <see cref="Reconciler"/>, and counts what it cannot give.</summary>
public sealed class ListingReading : IDeviceTextOutput
{
    private readonly Reconciler _reconciler;
    private readonly string? _device;
    private readonly IReadOnlyDictionary<string, string> _aliases;

    /// <summary>Begins with a listing.</summary>
    /// <param name="reconciler">Takes the sessions.</param>
    /// <param name="device">The device's name; null when the listing says it.</param>
    /// <param name="aliases">Names of the nodes of a cluster, each with the one name of their sessions.</param>
    public ListingReading(Reconciler reconciler, string? device, IReadOnlyDictionary<string, string> aliases)
    {
        _reconciler = reconciler;
        _device = device;
        _aliases = aliases;
        if (device is not null) reconciler.AddDevice(Name(device));
    }

    /// <summary>Whether there was a listing at all, if only an empty one.</summary>
    public bool IsListing { get; private set; }

    /// <summary>
    /// Sessions that are not compared: those of the other node of a cluster (ha_state Backup), those that are awaited (type PREDICT), those
    /// whose packets are dropped (state DISCARD), which are denials here, and those of a log, which have ended.
    /// </summary>
    public long Skipped { get; private set; }

    /// <summary>Sessions that could not be read, or lack an id or an address.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Sessions of a device that has no name.</summary>
    public long Nameless { get; private set; }

    /// <inheritdoc/>
    public void Session(DeviceSession session)
    {
        IsListing = true;
        if (session.Listing == DeviceListing.PanosTrafficLog || session.Text(DeviceField.HaState) == "Backup"
            || session.Text(DeviceField.SessionType) == "PREDICT" || session.Text(DeviceField.State) == "DISCARD")
        {
            Skipped++;
            return;
        }
        if ((_device ?? session.DeviceHost) is not { } name)
        {
            Nameless++;
            return;
        }
        if (ListedSession.Of(Name(name), session) is { } listed) _reconciler.Add(listed);
        else Unreadable++;
    }

    /// <inheritdoc/>
    public void Refused(DeviceTextRefusal refusal)
    {
        IsListing = true;
        Unreadable++;
    }

    /// <inheritdoc/>
    public void Total(long line, long stated, long read) => IsListing = true;

    /// <inheritdoc/>
    public void Unread(long line, string text)
    {
        // Prose around a listing.
    }

    private string Name(string device) => _aliases.GetValueOrDefault(device, device);
}
