namespace FlowStream.Bandwidth;

/// <summary>
/// The pairs of addresses that have rows of their own among the windows of one length, for each window and direction at most so many: the
/// space-saving sketch (Metwally, Agrawal, El Abbadi, 2005), with what is certain of a pair in its row and all else in that of
/// <c>other</c>, so that the rows add up to the total.
/// </summary>
/// <remarks>
/// A pair that comes when there is no room takes the place of the least. Its row then may lack what it moved before, at most what the
/// least had: that is its error. Which pairs have rows is read off the rows; nothing else is kept.
/// </remarks>
internal sealed class TalkerRows(RowTable rows, int limit)
{
    private readonly Dictionary<(long Window, TalkerDirection Direction), List<int>> _members = [];

    /// <summary>Notes a row that was added or restored, unless it is that of the rest.</summary>
    public void Added(int number)
    {
        byte[] key = rows.Series.Key(rows[number].Series);
        if (SeriesKey.CanFold(key) && TalkerDirection.Of(key) is { } direction) MembersOf(rows[number].Window, direction).Add(number);
    }

    /// <summary>Notes that a row goes.</summary>
    public void Removed(int number)
    {
        byte[] key = rows.Series.Key(rows[number].Series);
        if (TalkerDirection.Of(key) is not { } direction) return;
        if (_members.TryGetValue((rows[number].Window, direction), out List<int>? members)) members.Remove(number);
    }

    /// <summary>Notes that a window goes.</summary>
    public void Forget(long window)
    {
        foreach (TalkerDirection direction in TalkerDirection.All) _members.Remove((window, direction));
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _members.Clear();

    /// <summary>True when there is room for one more pair.</summary>
    public bool HasRoom(long window, TalkerDirection direction) => MembersOf(window, direction).Count < limit;

    /// <summary>Takes the least out of those that have rows; its bytes and error are the error of who follows. Returns its row.</summary>
    public int TakeLeast(long window, TalkerDirection direction)
    {
        List<int> members = MembersOf(window, direction);
        int least = 0;
        for (int i = 1; i < members.Count; i++)
        {
            if (Most(members[i], direction) < Most(members[least], direction)) least = i;
        }
        int number = members[least];
        members.RemoveAt(least);
        return number;
    }

    /// <summary>The most that the pair of a row can have moved.</summary>
    public long Most(int number, TalkerDirection direction) => direction.Of(rows[number].Sums.Volume) + rows[number].Sums.ErrorBytes;

    /// <summary>The most that a pair without a row lost by giving way.</summary>
    public long HighestError(long window, TalkerDirection direction)
    {
        long highest = 0;
        foreach (int number in MembersOf(window, direction)) highest = Math.Max(highest, rows[number].Sums.ErrorBytes);
        return highest;
    }

    private List<int> MembersOf(long window, TalkerDirection direction)
    {
        if (!_members.TryGetValue((window, direction), out List<int>? members)) _members.Add((window, direction), members = []);
        return members;
    }
}
