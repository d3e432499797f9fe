using System.Buffers.Binary;
using System.Net.Sockets;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Tests.Apis;

/// <summary>A bare connection to a broker: sends the bytes a test makes and reads frames.</summary>
internal sealed class RawClient : IDisposable
{
    // Long enough for a busy machine; a test that gets here has failed.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client = new();
    private NetworkStream _stream = null!;

    public static async Task<RawClient> ConnectAsync(EmbeddedBroker broker)
    {
        var client = new RawClient();
        await client._client.ConnectAsync(broker.Endpoint.Host, broker.Endpoint.Port);
        client._stream = client._client.GetStream();
        return client;
    }

    /// <summary>A request frame, length field included, in the layout of versions that are not flexible.</summary>
    public static byte[] Frame(ApiKey key, short version, int correlationId, Action<KafkaWriter> body)
    {
        using var writer = new KafkaWriter();
        writer.ReserveInt32();
        writer.WriteInt16((short)key);
        writer.WriteInt16(version);
        writer.WriteInt32(correlationId);
        writer.WriteString("raw");
        body(writer);
        writer.PatchInt32(0, writer.Length - sizeof(int));
        return writer.Written.ToArray();
    }

    public async Task SendAsync(params byte[] bytes) => await _stream.WriteAsync(bytes).AsTask().WaitAsync(Limit);

    /// <summary>The next response without its length field; null when the broker has closed the connection.</summary>
    public async Task<byte[]?> ReceiveAsync()
    {
        var length = new byte[sizeof(int)];
        if (await ReadAsync(length) == 0)
            return null;
        var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        await ReadAsync(frame);
        return frame;
    }

    /// <summary>The correlation id of the next response.</summary>
    public async Task<int> ReceiveCorrelationIdAsync() =>
        BinaryPrimitives.ReadInt32BigEndian(
            await ReceiveAsync() ?? throw new InvalidOperationException("the broker closed the connection"));

    public void Dispose() => _client.Dispose();

    private async Task<int> ReadAsync(byte[] buffer)
    {
        try
        {
            return await _stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false).AsTask().WaitAsync(Limit);
        }
        catch (IOException)
        {
            // A connection that is closed with unread bytes of ours ends in a reset rather than an end of stream.
            return 0;
        }
    }
}
