namespace FlowStream.Sessions;

/// <summary>
/// The end reasons that devices gave and <see cref="EndReasons"/> does not list, each with its count. What a device prints is not ours to
/// bound, so the first <see cref="MaxTexts"/> texts are kept and the rest is counted together. Read on the join's own thread.
/// </summary>
public sealed class UnlistedTexts
{
    /// <summary>Most texts that are counted apart: as many as are listed. A device that prints more prints noise.</summary>
    public const int MaxTexts = 64;

    private readonly byte[][] _texts = new byte[MaxTexts][];
    private readonly long[] _counts = new long[MaxTexts];

    /// <summary>Number of texts counted apart. They keep their places: text <c>i</c> stays text <c>i</c>.</summary>
    public int Count { get; private set; }

    /// <summary>Messages whose text came after <see cref="MaxTexts"/> others.</summary>
    public long Other { get; private set; }

    /// <summary>Messages with an unlisted text.</summary>
    public long Total { get; private set; }

    /// <summary>A text as the device printed it, cut to the length up to which texts are looked up.</summary>
    public ReadOnlySpan<byte> Text(int index) => _texts[Check(index)];

    /// <summary>Messages with that text.</summary>
    public long CountOf(int index) => _counts[Check(index)];

    internal void Add(ReadOnlySpan<byte> text)
    {
        Total++;
        if (text.Length > ReasonText.MaxBytes) text = text[..ReasonText.MaxBytes];
        for (int i = 0; i < Count; i++)
        {
            if (!text.SequenceEqual(_texts[i])) continue;
            _counts[i]++;
            return;
        }
        if (Count == MaxTexts)
        {
            Other++;
            return;
        }
        _texts[Count] = text.ToArray();
        _counts[Count++] = 1;
    }

    private int Check(int index) => (uint)index < (uint)Count ? index : throw new ArgumentOutOfRangeException(nameof(index));
}
