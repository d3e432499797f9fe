namespace FlowStream.Streams.Tests;

/// <summary>Ways to be wrong, each of which the exactly-once check has to catch.</summary>
public enum PlantedFault
{
    /// <summary>State rows are not written.</summary>
    SkipsStateRows,

    /// <summary>Positions are committed before the transaction, and not written with the state.</summary>
    CommitsOffsetsOutsideTheTransaction,

    /// <summary>Output is visible before the commit.</summary>
    SendsOutputOutsideTheTransaction,

    /// <summary>A restore reads what is stable now and does not wait for what was committed behind an open transaction.</summary>
    RestoresOnlyToTheStableEnd,
}
