using System.Text;
using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>One of the two directions in which the top talkers are ranked, each an aggregation of its own.</summary>
internal sealed class TalkerDirection
{
    /// <summary>Beginning of the names of both aggregations; no other may begin so.</summary>
    public const string NamePrefix = "top-talkers-";

    /// <summary>By the bytes from clients.</summary>
    public static readonly TalkerDirection FromClient = new(NamePrefix + "from-client", fromClient: true);

    /// <summary>By the bytes from servers.</summary>
    public static readonly TalkerDirection FromServer = new(NamePrefix + "from-server", fromClient: false);

    private readonly bool _fromClient;

    private TalkerDirection(string name, bool fromClient)
    {
        _fromClient = fromClient;
        Prefix = [(byte)name.Length, .. Encoding.ASCII.GetBytes(name)];
    }

    /// <summary>Both.</summary>
    public static TalkerDirection[] All { get; } = [FromClient, FromServer];

    /// <summary>The series key of the aggregation without dimensions: the key of its partials.</summary>
    public byte[] Prefix { get; }

    /// <summary>The direction whose aggregation <paramref name="key"/> is of, or null.</summary>
    public static TalkerDirection? Of(ReadOnlySpan<byte> key) =>
        key.StartsWith(FromClient.Prefix) ? FromClient : key.StartsWith(FromServer.Prefix) ? FromServer : null;

    /// <summary>The bytes that count.</summary>
    public long Of(in Volume volume) => _fromClient ? volume.BytesFromClient : volume.BytesFromServer;
}
