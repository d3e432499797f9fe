namespace FlowStream.Parsing.Sequences;

/// <summary>
/// A run that goes on. It remembers which of the last numbers it saw, one bit for each: bit n of the ring is number n modulo its size, and
/// stands for the number in the window that ends at the highest one.
/// </summary>
internal sealed class OpenRun(ulong first)
{
    private const int BitsPerWord = 64;

    private readonly ulong[] _seen = new ulong[SequenceTracker.WindowNumbers / BitsPerWord];
    private ulong _first = first;
    private ulong _last = first;
    private long _duplicates;
    private long _tooLate;

    /// <summary>How many different numbers were seen.</summary>
    public long Distinct { get; private set; }

    /// <summary>The run as it is now.</summary>
    public SequenceRun Current => new(_first, _last, Distinct, _duplicates, _tooLate);

    /// <summary>True when <paramref name="number"/> is near enough to belong to the run.</summary>
    public bool Reaches(ulong number) => number < _first ? _first - number <= SequenceTracker.Reach
        : number <= _last || number - _last <= SequenceTracker.Reach;

    /// <summary>Counts <paramref name="number"/>, which the run reaches.</summary>
    public void Count(ulong number)
    {
        if (number > _last) MoveTo(number);
        else if (_last - number >= SequenceTracker.WindowNumbers) CountLate(number);
        else CountInWindow(number);
        if (number < _first) _first = number;
    }

    private void CountInWindow(ulong number)
    {
        ref ulong word = ref Word(number);
        ulong bit = 1UL << (int)(number % BitsPerWord);
        if ((word & bit) != 0) _duplicates++;
        else Distinct++;
        word |= bit;
    }

    // Nothing below the lowest number was seen before; between it and the window nobody knows.
    private void CountLate(ulong number)
    {
        if (number < _first) Distinct++;
        else _tooLate++;
    }

    private void MoveTo(ulong number)
    {
        ulong steps = number - _last;
        if (steps >= SequenceTracker.WindowNumbers) Array.Clear(_seen);
        else Forget(_last + 1, number);
        Word(number) |= 1UL << (int)(number % BitsPerWord);
        _last = number;
        Distinct++;
    }

    private void Forget(ulong from, ulong to)
    {
        while (from < to)
        {
            bool whole = from % BitsPerWord == 0 && to - from >= BitsPerWord;
            Word(from) &= whole ? 0 : ~(1UL << (int)(from % BitsPerWord));
            from += whole ? BitsPerWord : 1UL;
        }
    }

    private ref ulong Word(ulong number) => ref _seen[(int)(number % SequenceTracker.WindowNumbers / BitsPerWord)];
}
