using FlowStream.Schemas;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>
/// Merges the extra keys of several messages by key, in one pass over their kept orders; the preferred message wins a key.
/// </summary>
internal sealed class ExtrasMerge
{
    private readonly BlobStore _extras;
    private readonly int[] _sources;
    private readonly int[] _next;
    private int _count;

    /// <summary>Makes a merge of at most <paramref name="maxSources"/> messages.</summary>
    public ExtrasMerge(BlobStore extras, int maxSources)
    {
        _extras = extras;
        _sources = new int[maxSources];
        _next = new int[maxSources];
    }

    /// <summary>Forgets the messages.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds the extras of the message next in preference.</summary>
    public void Add(int extras)
    {
        if (extras == 0 || _sources.AsSpan(0, _count).Contains(extras)) return;
        _sources[_count] = extras;
        _next[_count++] = 0;
    }

    /// <summary>Adds the merged keys to <paramref name="map"/>, in the order of their bytes.</summary>
    public void WriteTo(AvroMap map)
    {
        while (TryLeast(out int winner))
        {
            ReadOnlyMemory<byte> blob = _extras.Memory(_sources[winner]);
            ExtrasBlob.Pair(blob.Span, OffsetOf(winner), out Range key, out Range value);
            map.Add(new Utf8Text(blob[key]), new Utf8Text(blob[value]));
            Skip(blob[key].Span);
        }
    }

    private bool TryLeast(out int winner)
    {
        winner = -1;
        ReadOnlySpan<byte> least = default;
        for (int i = 0; i < _count; i++)
        {
            if (IsDone(i)) continue;
            ReadOnlySpan<byte> key = KeyOf(i);
            if (winner >= 0 && key.SequenceCompareTo(least) >= 0) continue;
            winner = i;
            least = key;
        }
        return winner >= 0;
    }

    private void Skip(ReadOnlySpan<byte> key)
    {
        for (int i = 0; i < _count; i++)
        {
            while (!IsDone(i) && KeyOf(i).SequenceEqual(key)) _next[i]++;
        }
    }

    private bool IsDone(int source) => _next[source] == _extras[_sources[source]][0];

    private int OffsetOf(int source) => ExtrasBlob.OffsetAt(_extras.Suffix(_sources[source]), _next[source]);

    private ReadOnlySpan<byte> KeyOf(int source) => ExtrasBlob.Key(_extras[_sources[source]], OffsetOf(source));
}
