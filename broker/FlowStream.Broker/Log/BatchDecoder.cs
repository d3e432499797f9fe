using System.Buffers;
using System.IO.Compression;

namespace FlowStream.Broker.Log;

/// <summary>Unpacks the records of a batch into a pooled buffer that it owns. Not safe for concurrent use.</summary>
internal sealed class BatchDecoder : IDisposable
{
    private byte[] _unpacked = [];

    /// <summary>Hands out the records of a batch; they are valid until the next call.</summary>
    /// <param name="batch">The whole batch.</param>
    /// <param name="maxBytes">Bound on the unpacked size.</param>
    /// <param name="records">The records, uncompressed; empty unless decoded.</param>
    public DecodeOutcome Decode(RecordBatchView batch, int maxBytes, out ReadOnlySpan<byte> records)
    {
        records = [];
        switch (batch.Codec)
        {
            case CompressionCodec.None:
                records = batch.StoredRecords;
                return DecodeOutcome.Decoded;
            case CompressionCodec.Gzip when batch.RecordCount > 0:
                return Unpack(batch.StoredRecords, maxBytes, out records);
            default:
                // An emptied batch has no records whatever its codec.
                return batch.RecordCount == 0 ? DecodeOutcome.Decoded : DecodeOutcome.Opaque;
        }
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_unpacked.Length > 0)
            ArrayPool<byte>.Shared.Return(_unpacked);
        _unpacked = [];
    }

    private DecodeOutcome Unpack(ReadOnlySpan<byte> packed, int maxBytes, out ReadOnlySpan<byte> records)
    {
        records = [];
        byte[] input = ArrayPool<byte>.Shared.Rent(packed.Length);
        packed.CopyTo(input);
        try
        {
            using var stream = new GZipStream(new MemoryStream(input, 0, packed.Length, writable: false), CompressionMode.Decompress);
            int length = 0;
            while (true)
            {
                if (length == _unpacked.Length)
                    Grow(length, Math.Max(4 * packed.Length, 2 * length));
                int read = stream.Read(_unpacked, length, _unpacked.Length - length);
                if (read == 0)
                    break;
                length += read;
                if (length > maxBytes)
                    return DecodeOutcome.TooLarge;
            }
            records = _unpacked.AsSpan(0, length);
            return DecodeOutcome.Decoded;
        }
        catch (InvalidDataException)
        {
            return DecodeOutcome.Malformed;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(input);
        }
    }

    private void Grow(int used, int size)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(size);
        _unpacked.AsSpan(0, used).CopyTo(larger);
        if (_unpacked.Length > 0)
            ArrayPool<byte>.Shared.Return(_unpacked);
        _unpacked = larger;
    }
}
