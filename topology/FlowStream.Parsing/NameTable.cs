using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace FlowStream.Parsing;

/// <summary>
/// A fixed set of names with a perfect hash.
/// <list type="bullet">
/// <item>The hash is one multiplication over the first eight bytes, the last eight bytes, four of the middle and the length.</item>
/// <item>The multiplier is searched for when the table is made: no two names share a slot, so a lookup looks at one slot.</item>
/// <item>Four slots for each name, or more where no multiplier is found soon: a name that is not in the table mostly meets an empty
/// slot.</item>
/// <item>Up to 16 bytes the two words are the whole name; longer names are compared once more in full.</item>
/// <item>Names of one to three bytes (the <c>src</c>, <c>rt</c> and <c>in</c> of CEF) are read byte by byte, apart from the others.</item>
/// </list>
/// </summary>
public sealed class NameTable
{
    // From here on two overlapping loads of four bytes read a name whole.
    private const int TwoLoadsBytes = 4;

    // Fifty names in four times as many slots take about a hundred attempts; where a thousand do not suffice, twice the slots do better.
    private const int AttemptsPerSize = 1_000;
    private const int MinSlotsPerName = 4;
    private const int MaxSlotsPerName = 256;
    private const ulong GoldenRatio = 0x9E37_79B9_7F4A_7C15;

    private Slot[] _slots = [];
    private readonly byte[][] _names;
    private ulong _multiplier;
    private int _shift;

    /// <summary>Makes the table; the index of a name is its place in <paramref name="names"/>.</summary>
    /// <exception cref="ArgumentException">A name is empty or occurs twice, or no multiplier separates the names.</exception>
    public NameTable(byte[][] names)
    {
        foreach (byte[] name in names)
        {
            if (name.Length == 0) throw new ArgumentException("A name is empty.", nameof(names));
        }
        _names = names;
        for (int perName = MinSlotsPerName; perName <= MaxSlotsPerName; perName *= 2)
        {
            if (TrySize((int)BitOperations.RoundUpToPowerOf2((uint)(names.Length * perName)))) return;
        }
        throw new ArgumentException("No multiplier separates the names.", nameof(names));
    }

    /// <summary>The index of <paramref name="name"/>, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ReadOnlySpan<byte> name)
    {
        if (name.Length < TwoLoadsBytes) return FindShort(name);
        ReadWords(name, out ulong first, out ulong last, out ulong middle);
        ref readonly Slot slot = ref _slots[(int)(Mix(first, last, middle, name.Length, _multiplier) >> _shift)];
        if (slot.First != first || slot.Last != last || slot.Length != name.Length) return -1;
        return name.Length <= 16 || name.SequenceEqual(_names[slot.Index]) ? slot.Index : -1;
    }

    // Kept apart, so that the usual lookup stays as small as it is.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindShort(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) return -1;
        ulong word = ReadShort(name);
        ref readonly Slot slot = ref _slots[(int)(Mix(word, word, 0, name.Length, _multiplier) >> _shift)];
        return slot.First == word && slot.Length == name.Length ? slot.Index : -1;
    }

    private bool TrySize(int size)
    {
        _slots = new Slot[size];
        _shift = 64 - BitOperations.Log2((uint)size);
        _multiplier = GoldenRatio;
        for (int attempt = 0; attempt < AttemptsPerSize; attempt++)
        {
            if (TryPlace(_multiplier)) return true;
            _multiplier += GoldenRatio << 1;
        }
        return false;
    }

    private bool TryPlace(ulong multiplier)
    {
        Array.Clear(_slots);
        for (int i = 0; i < _names.Length; i++)
        {
            (ulong first, ulong last, ulong middle) = Words(_names[i]);
            ref Slot slot = ref _slots[(int)(Mix(first, last, middle, _names[i].Length, multiplier) >> _shift)];
            if (slot.Length != 0) return false;
            slot = new Slot(first, last, _names[i].Length, i);
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong first, ulong last, ulong middle, int length, ulong multiplier) =>
        (first ^ BitOperations.RotateLeft(last, 29) ^ BitOperations.RotateLeft(middle, 13) ^ (uint)length) * multiplier;

    private static (ulong First, ulong Last, ulong Middle) Words(ReadOnlySpan<byte> name)
    {
        if (name.Length < TwoLoadsBytes) return (ReadShort(name), ReadShort(name), 0);
        ReadWords(name, out ulong first, out ulong last, out ulong middle);
        return (first, last, middle);
    }

    // First, middle and last byte are all the bytes there are.
    private static ulong ReadShort(ReadOnlySpan<byte> name) =>
        name[0] | ((ulong)name[name.Length / 2] << 8) | ((ulong)name[^1] << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReadWords(ReadOnlySpan<byte> name, out ulong first, out ulong last, out ulong middle)
    {
        if (name.Length >= 8)
        {
            middle = BinaryPrimitives.ReadUInt32LittleEndian(name[(name.Length / 2)..]);
            first = BinaryPrimitives.ReadUInt64LittleEndian(name);
            last = BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]);
            return;
        }
        middle = 0;
        first = BinaryPrimitives.ReadUInt32LittleEndian(name);
        last = BinaryPrimitives.ReadUInt32LittleEndian(name[^4..]);
    }

    private readonly record struct Slot(ulong First, ulong Last, int Length, int Index);
}
