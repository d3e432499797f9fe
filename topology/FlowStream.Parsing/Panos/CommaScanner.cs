using System.Numerics;
using System.Runtime.CompilerServices;

namespace FlowStream.Parsing.Panos;

/// <summary>Finds the commas of a line, 64 bytes at a time, so that a run of empty columns costs the same however long it is.</summary>
internal ref struct CommaScanner
{
    private readonly ReadOnlySpan<byte> _line;
    private int _block;

    // The commas of the block that were not passed over yet.
    private ulong _commas;

    /// <summary>Starts at <paramref name="from"/>.</summary>
    public CommaScanner(ReadOnlySpan<byte> line, int from)
    {
        _line = line;
        Seek(from);
    }

    /// <summary>Goes on at <paramref name="position"/>.</summary>
    public void Seek(int position)
    {
        _block = position;
        _commas = position < _line.Length ? ByteMask.Read(_line, position, (byte)',') : 0;
    }

    /// <summary>Passes over the commas that stand at <paramref name="start"/> without a gap.</summary>
    /// <param name="start">The place that was reached; behind the commas after it.</param>
    /// <returns>How many they were.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SkipRun(ref int start)
    {
        int first = start;
        while (HasComma() && _block + BitOperations.TrailingZeroCount(_commas) == start)
        {
            int offset = start - _block;
            int run = BitOperations.TrailingZeroCount(~(_commas >> offset));
            start += run;
            _commas = offset + run < ByteMask.BlockBytes ? _commas & (ulong.MaxValue << (offset + run)) : 0;
        }
        return start - first;
    }

    /// <summary>Passes over the next comma.</summary>
    /// <returns>Where it is, or the end of the line.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next()
    {
        if (!HasComma()) return _line.Length;
        int position = _block + BitOperations.TrailingZeroCount(_commas);
        _commas &= _commas - 1;
        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool HasComma()
    {
        while (_commas == 0)
        {
            if (_line.Length - _block <= ByteMask.BlockBytes) return false;
            _block += ByteMask.BlockBytes;
            _commas = ByteMask.Read(_line, _block, (byte)',');
        }
        return true;
    }
}
