using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlowStream.Parsing.Junos;

/// <summary>
/// Cuts a sentence into words at its blanks. 64 bytes are compared at a time into a mask with one bit for each blank, so that a word costs
/// a few bit operations. Two blanks in a row have an empty word between them: that is how devices print a value that is empty. A line
/// break and the blanks beside it are one blank. No byte outside the message is read.
/// </summary>
internal ref struct SentenceWords
{
    /// <summary>Most words of a sentence: four times those of the longest message known.</summary>
    public const int Max = 256;

    private const int BlockBytes = 64;

    private readonly ReadOnlySpan<byte> _message;
    private readonly Span<TextSlice> _words;
    private readonly bool _keepEmpty;
    private int _start;
    private bool _inWrap;

    /// <summary>Cuts <paramref name="message"/> from <paramref name="from"/> on; it does not end in a blank.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="from">Position of the first word or of blanks before it.</param>
    /// <param name="words">Filled with the words; <see cref="Max"/> long.</param>
    /// <param name="keepEmpty">False to take any run of blanks for one.</param>
    public SentenceWords(ReadOnlySpan<byte> message, int from, Span<TextSlice> words, bool keepEmpty)
    {
        while (from < message.Length && message[from] <= ' ') from++;
        _message = message;
        _words = words;
        _keepEmpty = keepEmpty;
        _start = from;
        Run();
    }

    /// <summary>Number of words found.</summary>
    public int Count { get; private set; }

    /// <summary>True when blanks met.</summary>
    public bool HasEmpty { get; private set; }

    /// <summary>True when blanks met and what may be an empty word there was left out.</summary>
    public bool EmptyLost => HasEmpty && !_keepEmpty;

    /// <summary>True when a word ends at a line break or another control character.</summary>
    public bool IsWrapped { get; private set; }

    /// <summary>True when there were more words than fit, so that the rest was left.</summary>
    public bool IsFull { get; private set; }

    /// <summary>True when one blank stands between any two words, and all are there.</summary>
    public readonly bool IsRegular => !HasEmpty && !IsWrapped && !IsFull;

    // Nearly all blocks: each blank ends a word. No two of them meet, so that there are 32 at most.
    private void Run()
    {
        // All that the loop changes is kept in locals.
        int block = _start, start = _start, count = 0;
        ulong last = 1;
        for (; block < _message.Length; block += BlockBytes)
        {
            ulong blanks = Blanks(block, out ulong controls);
            bool meet = (blanks & ((blanks << 1) | last)) != 0;
            if (controls != 0 || meet || count > _words.Length - BlockBytes) break;
            if (blanks == 0)
            {
                last = 0;
                continue;
            }
            Note(blanks, block, start, ref Unsafe.Add(ref MemoryMarshal.GetReference(_words), count));
            count += BitOperations.PopCount(blanks);
            start = block + BlockBytes - BitOperations.LeadingZeroCount(blanks);
            last = blanks >> (BlockBytes - 1);
        }
        (_start, Count) = (start, count);
        if (block < _message.Length) RunSlowly(block);
        if (_start < _message.Length) End(_message.Length);
    }

    // Eight at a time, so that it takes no branch for each; what is noted behind the last one is written over, and for all there is room.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Note(ulong blanks, int block, int start, ref TextSlice word)
    {
        for (; blanks != 0; word = ref Unsafe.Add(ref word, 8))
        {
            word = Take(ref blanks, block, ref start);
            Unsafe.Add(ref word, 1) = Take(ref blanks, block, ref start);
            Unsafe.Add(ref word, 2) = Take(ref blanks, block, ref start);
            Unsafe.Add(ref word, 3) = Take(ref blanks, block, ref start);
            Unsafe.Add(ref word, 4) = Take(ref blanks, block, ref start);
            Unsafe.Add(ref word, 5) = Take(ref blanks, block, ref start);
            Unsafe.Add(ref word, 6) = Take(ref blanks, block, ref start);
            Unsafe.Add(ref word, 7) = Take(ref blanks, block, ref start);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TextSlice Take(ref ulong blanks, int block, ref int start)
    {
        int end = block + BitOperations.TrailingZeroCount(blanks);
        var word = new TextSlice(start, end - start);
        start = end + 1;
        blanks &= blanks - 1;
        return word;
    }

    private void RunSlowly(int block)
    {
        for (; block < _message.Length && !IsFull; block += BlockBytes)
        {
            ulong blanks = Blanks(block, out _);
            for (; blanks != 0; blanks &= blanks - 1) End(block + BitOperations.TrailingZeroCount(blanks));
        }
    }

    private void End(int position)
    {
        int length = position - _start;
        bool control = position < _message.Length && _message[position] != ' ';
        if (length == 0 || control)
        {
            EndSlowly(length, control);
        }
        else
        {
            _inWrap = false;
            Add(length);
        }
        _start = position + 1;
    }

    // The blanks of a run that has a line break in it are one, wherever in the run it stands.
    private void EndSlowly(int length, bool control)
    {
        IsWrapped |= control;
        _inWrap = control || (_inWrap && length == 0);
        if (length > 0)
        {
            Add(length);
        }
        else if (control)
        {
            while (Count > 0 && _words[Count - 1].Length == 0) Count--;
        }
        else if (!_inWrap)
        {
            HasEmpty = true;
            if (_keepEmpty) Add(0);
        }
    }

    private void Add(int length)
    {
        if ((uint)Count < (uint)_words.Length) _words[Count++] = new TextSlice(_start, length);
        else IsFull = true;
    }

    // The blanks of a block, and those of them that are line breaks or other control characters.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong Blanks(int start, out ulong controls)
    {
        ref byte first = ref MemoryMarshal.GetReference(_message);
        int remaining = _message.Length - start;
        if (remaining >= BlockBytes) return Blanks(ref Unsafe.Add(ref first, start), out controls);
        if (_message.Length >= BlockBytes)
        {
            ulong last = Blanks(ref Unsafe.Add(ref first, _message.Length - BlockBytes), out controls);
            controls >>= BlockBytes - remaining;
            return last >> (BlockBytes - remaining);
        }
        ulong blanks = controls = 0;
        for (int i = 0; i < remaining; i++)
        {
            if (_message[start + i] <= ' ') blanks |= 1UL << i;
            if (_message[start + i] < ' ') controls |= 1UL << i;
        }
        return blanks;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Blanks(ref byte block, out ulong controls)
    {
        Vector256<byte> low = Vector256.LoadUnsafe(ref block), high = Vector256.LoadUnsafe(ref block, 32);
        Vector256<byte> blank = Vector256.Create((byte)' ');
        ulong blanks = Mask(Vector256.LessThanOrEqual(low, blank), Vector256.LessThanOrEqual(high, blank));
        controls = blanks & ~Mask(Vector256.Equals(low, blank), Vector256.Equals(high, blank));
        return blanks;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);
}
