using System.Numerics;
using System.Runtime.CompilerServices;

namespace FlowStream.Parsing.Panos;

/// <summary>
/// Finds the commas of a line, 64 bytes at a time, and notes where they are before the columns are read: so no column has to wait for
/// the one before it.
/// </summary>
internal ref struct CommaScanner
{
    // More than the commas of any usual line, and four times those of a block.
    private const int Capacity = 256;

    private readonly ReadOnlySpan<byte> _line;
    private readonly Span<int> _found;
    private int _block;
    private int _read;
    private int _count;

    /// <summary>Starts at <paramref name="from"/>.</summary>
    /// <param name="line">The line.</param>
    /// <param name="from">A position inside the line.</param>
    /// <param name="room">Of <see cref="Room"/> numbers.</param>
    public CommaScanner(ReadOnlySpan<byte> line, int from, int[] room)
    {
        _line = line;
        _found = room;
        _block = from;
    }

    /// <summary>How many numbers are needed to note commas: those of a block may be too many by less than a block.</summary>
    public static int Room => Capacity + ByteMask.BlockBytes;

    /// <summary>Where commas are that were not passed over: not of the whole line, and of its end only after <see cref="Next"/>.</summary>
    public readonly ReadOnlySpan<int> Ahead => _found[_read..Math.Max(_read, _count - (_block >= _line.Length ? 1 : 0))];

    /// <summary>Passes over so many of <see cref="Ahead"/>.</summary>
    public void Skip(int commas) => _read += commas;

    /// <summary>Passes over the next comma.</summary>
    /// <returns>Where it is, or the end of the line, also when it was passed before.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next()
    {
        if (_read == _count) Fill();
        return _found[_read++];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fill()
    {
        int block = _block, count = 0;
        for (; block < _line.Length && count < Capacity - ByteMask.BlockBytes; block += ByteMask.BlockBytes)
        {
            ulong commas = ByteMask.Read(_line, block, (byte)',');
            count = Note(commas, block, count);
        }
        if (block >= _line.Length) _found[count++] = _line.Length;
        (_block, _count, _read) = (block, count, 0);
    }

    // Eight at a time, so that it takes no branch for each; what is noted behind the last one is written over.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Note(ulong commas, int block, int count)
    {
        int after = count + BitOperations.PopCount(commas);
        for (; commas != 0; count += 8)
        {
            Span<int> to = _found.Slice(count, 8);
            to[0] = Take(ref commas, block);
            to[1] = Take(ref commas, block);
            to[2] = Take(ref commas, block);
            to[3] = Take(ref commas, block);
            to[4] = Take(ref commas, block);
            to[5] = Take(ref commas, block);
            to[6] = Take(ref commas, block);
            to[7] = Take(ref commas, block);
        }
        return after;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Take(ref ulong commas, int block)
    {
        int position = block + BitOperations.TrailingZeroCount(commas);
        commas &= commas - 1;
        return position;
    }
}
