namespace FlowStream.Sessions;

/// <summary>What bytes can be added up by: the properties of the session that moved them, named as in the schemas.</summary>
public enum Dimension : byte
{
    /// <summary>device_host.</summary>
    Device,

    /// <summary>application: the nested application where there is one, else the application.</summary>
    Application,
}
