namespace FlowStream.Parsing.DeviceText;

/// <summary>What the lines before a session say about it: whose it is and where.</summary>
internal sealed class ListingContext
{
    /// <summary>Name of the device as its prompt shows it.</summary>
    public string? DeviceHost { get; set; }

    /// <summary>Node of a chassis cluster.</summary>
    public string? Node { get; set; }

    /// <summary>Services unit.</summary>
    public string? Unit { get; set; }

    /// <summary>Sessions read since the listing began.</summary>
    public long Sessions { get; set; }

    /// <summary>A new command on the device called <paramref name="host"/>.</summary>
    public void Begin(string? host)
    {
        DeviceHost = host ?? DeviceHost;
        Node = Unit = null;
        Sessions = 0;
    }
}
