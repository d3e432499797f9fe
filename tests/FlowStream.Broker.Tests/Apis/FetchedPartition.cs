using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Tests.Apis;

/// <summary>The one partition of a Fetch response, read by its definition.</summary>
internal sealed record FetchedPartition(
    ErrorCode Error, long HighWatermark, long LastStableOffset, IReadOnlyList<(long ProducerId, long FirstOffset)>? Aborted, byte[] Records)
{
    public static FetchedPartition Read(byte[] body, short version)
    {
        var reader = new KafkaReader(body, flexible: false);
        Assert.Equal(0, reader.ReadInt32());
        if (version >= 7)
        {
            Assert.Equal(0, reader.ReadInt16());
            Assert.Equal(0, reader.ReadInt32());
        }

        Assert.Equal(1, reader.ReadInt32());
        Assert.Equal("t", reader.ReadString());
        Assert.Equal(1, reader.ReadInt32());
        Assert.Equal(0, reader.ReadInt32());
        var error = (ErrorCode)reader.ReadInt16();
        var (high, stable) = (reader.ReadInt64(), reader.ReadInt64());
        if (version >= 5)
            reader.ReadInt64();
        var aborted = reader.ReadNullableArray(16, static (ref KafkaReader entry) => (entry.ReadInt64(), entry.ReadInt64()));
        if (version >= 11)
            Assert.Equal(-1, reader.ReadInt32());
        var records = reader.ReadBytes().ToArray();
        Assert.False(reader.Failed);
        // librdkafka refuses a response with anything behind its end.
        Assert.Equal(0, reader.Remaining);
        return new(error, high, stable, aborted, records);
    }
}
