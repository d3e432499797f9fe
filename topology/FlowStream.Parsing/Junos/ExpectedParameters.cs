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
    private static readonly AbsentForms[] Notable = NotableBytes.Table(first => !ParameterTrimming.IsPlain(first));

    private readonly SessionEvent _into;
    private readonly ref ulong _next;

    // The pattern of the parameter before.
    private int _last;
    private ExtraSet _extras;

    /// <summary>Starts in front of the first parameter of the message of <paramref name="into"/>.</summary>
    public ExpectedParameters(SessionEvent into)
    {
        _into = into;
        _next = ref into.KeySequences.Of(into.Tag);
    }

    /// <summary>Says that the parameter it stopped at has this key: an index into <see cref="FieldTable.Keys"/>, or -1.</summary>
    public void Learn(int key)
    {
        int pattern = key + 1;
        if (KeyPattern.All[pattern].Length > 0) KeySequences.Learn(ref Unsafe.Add(ref _next, _last), pattern);
        _last = pattern;
    }

    /// <summary>Notes extra <paramref name="index"/> of <see cref="JunosExtras.Keys"/>.</summary>
    /// <returns>False when the message has had it.</returns>
    public bool AddExtra(int index) => _extras.Add(index);

    /// <summary>Reads on from where <paramref name="reader"/> stands, and leaves it where it stopped.</summary>
    /// <returns>The refusal of a value, or none.</returns>
    public Refusal Read(ref StructuredDataReader reader)
    {
        // What the loop changes for each parameter is kept in locals: a reference to it would keep it in memory.
        nint position = reader.Position;
        int left = reader.ParametersLeft, last = _last;
        SessionEvent into = _into;
        ref byte message = ref into.FirstByte;
        for (; left != 0; left--)
        {
            // The position is inside the message, and so is all that matches: behind it there is a block of zeros.
            ulong known = Unsafe.Add(ref _next, last);
            ref readonly KeyPattern pattern = ref KeyPattern.All[(ushort)known];
            while (!pattern.IsAt(ref Unsafe.Add(ref message, position)))
            {
                known >>= KeySequences.PatternBits;
                pattern = ref KeyPattern.All[(ushort)known];
            }
            if (known == 0) break;
            nint start = position + pattern.Length, end = EndOfValue(ref message, start, into);
            if (Unsafe.Add(ref message, end + 1) is not ((byte)' ' or (byte)']')) break;
            if (end > start)
            {
                ref byte first = ref Unsafe.Add(ref message, start);
                AbsentForms notable = Notable[first] & pattern.Notable;
                if ((notable & NotableBytes.Unusual) != 0 || !ParameterTrimming.IsPlain(Unsafe.Add(ref message, end - 1))) break;
                var value = new TextSlice((int)start, (int)(end - start));
                if (notable == 0 || !AbsentTexts.Hold(ref first, value.Length, notable))
                {
                    if (pattern.Extra >= 0)
                    {
                        if (!_extras.Add(pattern.Extra)) break;
                        into.AddExtra(pattern.Key((int)position), value);
                    }
                    else if (pattern.Rule.Kind == FieldKind.Text)
                    {
                        into.PutText(pattern.Rule.Field, pattern.Rule.Rank, value);
                    }
                    else if (FieldReader.ReadPresent(pattern.Rule, value, into) is not RefusalReason.None and var reason)
                    {
                        Refusal refusal = FieldReader.Judge(reason, pattern.Rule.Field, value, into);
                        if (!refusal.Accepted) return refusal;
                    }
                }
            }
            position = end + 1;
            last = (ushort)known;
        }
        reader.GoOn((int)position, left);
        _last = last;
        return default;
    }

    // The quote at or after a position inside the message; where there is none, the end of the message, which zeros follow.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint EndOfValue(ref byte message, nint start, SessionEvent into)
    {
        Vector256<byte> block = Vector256.LoadUnsafe(ref Unsafe.Add(ref message, start));
        uint quotes = Vector256.Equals(block, Vector256.Create((byte)'"')).ExtractMostSignificantBits();
        return quotes != 0 ? start + BitOperations.TrailingZeroCount(quotes) : FarEndOfValue((int)start, into);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FarEndOfValue(int start, SessionEvent into)
    {
        int offset = into.Message[start..].IndexOf((byte)'"');
        return offset < 0 ? into.Message.Length : start + offset;
    }
}
