using System.Buffers.Binary;

namespace FlowStream.Streams.Tasks;

/// <summary>
/// The two kinds of rows in a changelog, told apart by the first byte of the key: 0 is the task's own position (one row, rewritten at every
/// commit, so that time that the wall clock carried on is restored too), 1 is a row of the processor's state.
/// </summary>
internal static class ChangelogRows
{
    /// <summary>First key byte of the row that holds the <see cref="TaskPosition"/>.</summary>
    public const byte PositionKind = 0;

    /// <summary>First key byte of a processor's row.</summary>
    public const byte StateKind = 1;

    /// <summary>Length of an encoded position.</summary>
    public const int PositionLength = 1 + 8 + 8 + 16;

    private const byte Version = 1;

    /// <summary>Key of the position row.</summary>
    public static ReadOnlySpan<byte> PositionKey => [PositionKind];

    /// <summary>Encodes a position into <see cref="PositionLength"/> bytes: version, input offset, stream time, changelog id.</summary>
    public static void WritePosition(Span<byte> destination, TaskPosition position)
    {
        destination[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(destination[1..], position.InputOffset);
        BinaryPrimitives.WriteInt64BigEndian(destination[9..], position.StreamTime);
        position.ChangelogId.TryWriteBytes(destination[17..], bigEndian: true, out _);
    }

    /// <summary>Decodes a position.</summary>
    /// <exception cref="InvalidDataException">It is of another version or length.</exception>
    public static TaskPosition ReadPosition(ReadOnlySpan<byte> value)
    {
        if (value.Length != PositionLength || value[0] != Version)
        {
            throw new InvalidDataException($"The changelog's position row has {value.Length} bytes or another version than {Version}.");
        }

        return new TaskPosition(
            BinaryPrimitives.ReadInt64BigEndian(value[1..]),
            BinaryPrimitives.ReadInt64BigEndian(value[9..]),
            new Guid(value[17..], bigEndian: true));
    }
}
