using System.Net;

namespace FlowStream.Queries.Instances;

/// <summary>A process that runs the session stage.</summary>
/// <param name="Name">Its name in the consumer group.</param>
/// <param name="Address">Where it answers; null when it was started without an HTTP address.</param>
/// <param name="Partitions">Input partitions of its tasks.</param>
public sealed record Instance(string Name, Uri? Address, IReadOnlyList<int> Partitions)
{
    /// <summary>Reads what a member of the session stage's group says about itself.</summary>
    /// <param name="clientId">Its client id, which ends in <c>@host:port</c> when it answers questions.</param>
    /// <param name="host">Its host as the broker sees it, which stands in for an address that only says "all".</param>
    /// <param name="partitions">The input partitions that the group gave it.</param>
    public static Instance Of(string clientId, string host, IReadOnlyList<int> partitions)
    {
        int at = clientId.LastIndexOf('@');
        if (at < 0 || !IPEndPoint.TryParse(clientId.AsSpan(at + 1), out IPEndPoint? endpoint))
            return new Instance(clientId, null, partitions);
        bool isAny = endpoint.Address.Equals(IPAddress.Any) || endpoint.Address.Equals(IPAddress.IPv6Any);
        // Kafka prints a host as Java does, with a slash before the address.
        if (isAny && IPAddress.TryParse(host.TrimStart('/'), out IPAddress? seen)) endpoint = new IPEndPoint(seen, endpoint.Port);
        return new Instance(clientId[..at], new Uri($"http://{endpoint}"), partitions);
    }
}
