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

    private SentenceWords(ReadOnlySpan<byte> message, int from, Span<TextSlice> words, bool keepEmpty)
    {
        _message = message;
        _words = words;
        _keepEmpty = keepEmpty;
        _start = from;
    }

    /// <summary>Number of words found.</summary>
    public int Count { get; private set; }

    /// <summary>True when blanks met.</summary>
    public bool HasEmpty { get; private set; }

    /// <summary>True when a word ends at a line break or another control character.</summary>
    public bool IsWrapped { get; private set; }

    /// <summary>True when there were more words than fit, so that the rest was left.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Cuts <paramref name="message"/> from <paramref name="from"/> on; it does not end in a blank.</summary>
    /// <param name="words">Filled with the words; <see cref="Max"/> long.</param>
    /// <param name="message">The whole message.</param>
    /// <param name="from">Position of the first word or of blanks before it.</param>
    /// <param name="keepEmpty">False to take any run of blanks for one.</param>
    public static SentenceWords Cut(ReadOnlySpan<byte> message, int from, Span<TextSlice> words, bool keepEmpty)
    {
        while (from < message.Length && message[from] <= ' ') from++;
        var cut = new SentenceWords(message, from, words, keepEmpty);
        cut.Run();
        return cut;
    }

    private void Run()
    {
        for (int block = _start; block < _message.Length && !IsFull; block += BlockBytes)
        {
            for (ulong blanks = Blanks(block); blanks != 0; blanks &= blanks - 1) End(block + BitOperations.TrailingZeroCount(blanks));
        }
        if (_start < _message.Length) End(_message.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void End(int position)
    {
        int length = position - _start;
        bool control = position < _message.Length && _message[position] != ' ';
        if (length == 0 || control) EndSlowly(position, length, control);
        else Add(length);
        _start = position + 1;
    }

    private void EndSlowly(int position, int length, bool control)
    {
        IsWrapped |= control;
        if (length > 0)
        {
            Add(length);
            return;
        }
        if (control || _message[position - 1] != ' ') return;
        HasEmpty = true;
        if (_keepEmpty) Add(0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int length)
    {
        if ((uint)Count < (uint)_words.Length) _words[Count++] = new TextSlice(_start, length);
        else IsFull = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong Blanks(int start)
    {
        ref byte first = ref MemoryMarshal.GetReference(_message);
        int remaining = _message.Length - start;
        if (remaining >= BlockBytes) return Blanks(ref Unsafe.Add(ref first, start));
        if (_message.Length >= BlockBytes)
            return Blanks(ref Unsafe.Add(ref first, _message.Length - BlockBytes)) >> (BlockBytes - remaining);
        ulong blanks = 0;
        for (int i = 0; i < remaining; i++)
        {
            if (_message[start + i] <= ' ') blanks |= 1UL << i;
        }
        return blanks;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Blanks(ref byte block)
    {
        Vector256<byte> blank = Vector256.Create((byte)' ');
        uint low = Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref block), blank).ExtractMostSignificantBits();
        uint high = Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref block, 32), blank).ExtractMostSignificantBits();
        return low | ((ulong)high << 32);
    }
}
