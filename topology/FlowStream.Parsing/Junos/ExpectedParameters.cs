using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FlowStream.Parsing.Junos;

/// <summary>
/// Reads parameters whose keys come in the order of the message before (<see cref="KeySequences"/>), without looking keys up. It stops in
/// front of the first one that is not as expected in any way, and whoever reads that one tells it the key.
/// </summary>
internal ref struct ExpectedParameters
{
    private static readonly NotableBytes Notable = new(first => !ParameterTrimming.IsPlain(first));

    private readonly SessionEvent _into;
    private readonly Span<ushort> _next;

    // The pattern of the parameter before.
    private int _last;
    private ExtraSet _extras;

    /// <summary>Starts in front of the first parameter of the message of <paramref name="into"/>.</summary>
    public ExpectedParameters(SessionEvent into)
    {
        _into = into;
        _next = into.KeySequences.Of(into.Tag);
    }

    /// <summary>Says that the parameter it stopped at has this key: an index into <see cref="FieldTable.Keys"/>, or -1.</summary>
    public void Learn(int key)
    {
        _next[_last] = (ushort)(key + 1);
        _last = key + 1;
    }

    /// <summary>Notes extra <paramref name="index"/> of <see cref="JunosExtras.Keys"/>.</summary>
    /// <returns>False when the message has had it.</returns>
    public bool AddExtra(int index) => _extras.Add(index);

    /// <summary>Reads on from where <paramref name="reader"/> stands, and leaves it where it stopped.</summary>
    /// <returns>The refusal of a value, or none.</returns>
    public Refusal Read(ref StructuredDataReader reader)
    {
        // All that the loop changes is kept in locals: a reference to it would keep it in memory.
        int position = reader.Position, left = reader.ParametersLeft, last = _last;
        ExtraSet extras = _extras;
        Refusal refusal = default;
        SessionEvent into = _into;
        KeyPattern[] patterns = KeyPattern.All;
        ref byte message = ref into.FirstByte;
        for (; left > 0; left--)
        {
            int expected = _next[last];
            ref readonly KeyPattern pattern = ref patterns[expected];
            // The position is inside the message, and so is all that matches: behind it there is a block of zeros.
            if (pattern.Length == 0 || !pattern.IsAt(ref Unsafe.Add(ref message, position))) break;
            int start = position + pattern.Length, end = EndOfValue(ref message, start, into);
            // The byte behind the message is a zero.
            if (end < 0 || Unsafe.Add(ref message, end + 1) is not ((byte)' ' or (byte)']')) break;
            if (end > start)
            {
                var value = new TextSlice(start, end - start);
                AbsentForms notable = Notable.Of(Unsafe.Add(ref message, start)) & pattern.Notable;
                if ((notable & NotableBytes.Unusual) != 0 || !ParameterTrimming.IsPlain(Unsafe.Add(ref message, end - 1))) break;
                bool present = notable == 0 || !AbsentTexts.Hold(into.Bytes(value), pattern.Rule.Absent);
                if (present && pattern.Extra < 0)
                {
                    RefusalReason reason = FieldReader.ReadPresent(pattern.Rule, value, into);
                    if (reason != RefusalReason.None) refusal = FieldReader.Judge(reason, pattern.Rule.Field, value, into);
                    if (!refusal.Accepted) break;
                }
                else if (present)
                {
                    if (!extras.Add(pattern.Extra)) break;
                    into.AddExtra(pattern.Key(position), value);
                }
            }
            position = end + 1;
            last = expected;
        }
        reader.GoOn(position, left);
        (_last, _extras) = (last, extras);
        return refusal;
    }

    // The quote at or after a position inside the message, or -1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EndOfValue(ref byte message, int start, SessionEvent into)
    {
        Vector256<byte> block = Vector256.LoadUnsafe(ref Unsafe.Add(ref message, start));
        uint quotes = Vector256.Equals(block, Vector256.Create((byte)'"')).ExtractMostSignificantBits();
        return quotes != 0 ? start + BitOperations.TrailingZeroCount(quotes) : FarEndOfValue(start, into);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FarEndOfValue(int start, SessionEvent into)
    {
        int offset = into.Message[start..].IndexOf((byte)'"');
        return offset < 0 ? -1 : start + offset;
    }
}
