namespace FlowStream.Queries.Reconciliation;

/// <summary>
/// How far two counters of one session may be apart: the larger of a share and a number. Ours are those of the last update that the device
/// logged, so they lag behind its own by what flowed since.
/// </summary>
public sealed record Tolerance
{
    /// <summary>Share of the larger counter, percent. Default 10.</summary>
    public int Percent { get; init; } = 10;

    /// <summary>Bytes that do not count. Default 1 000 000: below that a share says little.</summary>
    public long Bytes { get; init; } = 1_000_000;

    /// <summary>Packets that do not count. Default 1000, as many as a million bytes make at most.</summary>
    public long Packets { get; init; } = 1000;

    /// <summary>Whether any counter that both sides know is further apart.</summary>
    public bool Exceeds(in Counters there, in Counters here) =>
        IsApart(there.PacketsFromClient, here.PacketsFromClient, Packets)
        || IsApart(there.PacketsFromServer, here.PacketsFromServer, Packets)
        || IsApart(there.BytesFromClient, here.BytesFromClient, Bytes) || IsApart(there.BytesFromServer, here.BytesFromServer, Bytes);

    private bool IsApart(long? there, long? here, long least)
    {
        if (there is not { } one || here is not { } other) return false;
        // What a stranger's listing says may be any number.
        Int128 larger = Math.Max(one, other), smaller = Math.Min(one, other), apart = larger - smaller;
        return apart > least && apart * 100 > larger * Percent;
    }
}
