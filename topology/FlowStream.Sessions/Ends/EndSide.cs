namespace FlowStream.Sessions;

/// <summary>Who ended a session: the record's <c>end_side</c>.</summary>
public enum EndSide : byte
{
    /// <summary>Neither side, or not known.</summary>
    None,

    /// <summary>The client.</summary>
    Client,

    /// <summary>The server.</summary>
    Server,

    /// <summary>The firewall.</summary>
    Device,
}
