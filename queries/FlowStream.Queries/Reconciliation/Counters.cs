namespace FlowStream.Queries.Reconciliation;

/// <summary>Totals of a session since it began; null where they are not known.</summary>
/// <param name="PacketsFromClient">Packets from client to server.</param>
/// <param name="BytesFromClient">Bytes from client to server.</param>
/// <param name="PacketsFromServer">Packets from server to client.</param>
/// <param name="BytesFromServer">Bytes from server to client.</param>
public readonly record struct Counters(long? PacketsFromClient, long? BytesFromClient, long? PacketsFromServer, long? BytesFromServer);
