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
    private readonly ExtrasCursor[] _cursors;
    private int _count;

    /// <summary>Makes a merge of at most <paramref name="maxSources"/> messages.</summary>
    public ExtrasMerge(BlobStore extras, int maxSources)
    {
        _extras = extras;
        _sources = new int[maxSources];
        _cursors = new ExtrasCursor[maxSources];
    }

    /// <summary>Forgets the messages.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds the extras of the message next in preference.</summary>
    public void Add(int extras)
    {
        if (extras == 0 || _sources.AsSpan(0, _count).Contains(extras)) return;
        _sources[_count++] = extras;
    }

    /// <summary>Adds the merged keys to <paramref name="map"/>, in the order of their bytes.</summary>
    public void WriteTo(AvroMap map)
    {
        if (_count > 0) Merge(map);
    }

    private void Merge(AvroMap map)
    {
        Span<ExtrasCursor> cursors = _cursors.AsSpan(0, _count);
        for (int i = 0; i < cursors.Length; i++) cursors[i].Begin(_extras.WithSuffix(_sources[i], out int length), length);
        while (true)
        {
            int winner = Least(cursors);
            if (winner < 0) return;
            ReadOnlySpan<byte> taken = cursors[winner].KeySpan;
            map.Add(new Utf8Text(cursors[winner].Key), new Utf8Text(cursors[winner].Value));
            foreach (ref ExtrasCursor cursor in cursors) cursor.SkipPast(taken);
        }
    }

    private static int Least(ReadOnlySpan<ExtrasCursor> cursors)
    {
        int winner = -1;
        for (int i = 0; i < cursors.Length; i++)
        {
            if (cursors[i].IsDone) continue;
            if (winner < 0 || cursors[i].KeySpan.SequenceCompareTo(cursors[winner].KeySpan) < 0) winner = i;
        }
        return winner;
    }
}
