using System.Buffers;
using System.Globalization;
using FlowStream.Schemas;
using FlowStream.Sessions;

namespace FlowStream.Bandwidth.Tests;

/// <summary>One task of the bandwidth stage with what it would send: windows, and the changelog with the last value of a key.</summary>
internal sealed class BandwidthStage(BandwidthOptions options) : IPartialOutput, IWindowOutput, IStateWriter
{
    private readonly BandwidthOptions _options = options;

    public BandwidthWindows Windows { get; private set; } = new(options, 3);

    /// <summary>Every record emitted, in order, as text.</summary>
    public List<string> Emitted { get; } = [];

    /// <summary>The last sums emitted under each key.</summary>
    public Dictionary<string, WindowSums> Last { get; } = [];

    /// <summary>The same of the windows that are longer than a minute; their keys say how long.</summary>
    public Dictionary<string, WindowSums> LastLonger { get; } = [];

    public Dictionary<string, int> Revisions { get; } = [];

    public Dictionary<string, byte[]> Changelog { get; } = [];

    /// <summary>Partials, kept so that a test can replay them in another order.</summary>
    public List<(byte[] Key, byte[] Value)> Partials { get; } = [];

    public void Partial(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Partials.Add((key.ToArray(), value.ToArray()));
        Assert.True(Windows.TryAdd(key, value));
    }

    public void Window(BandwidthWindow window)
    {
        string key = KeyOf(window);
        // A revision is one more than the last of its key, and nothing final becomes open again.
        int expected = Revisions.TryGetValue(key, out int last) ? last + 1 : 0;
        Assert.Equal(expected, window.Revision);
        Revisions[key] = window.Revision;
        var sums = new WindowSums(
            new Volume(window.BytesFromClient, window.BytesFromServer, window.PacketsFromClient, window.PacketsFromServer),
            window.SessionsOpened, window.SessionsClosed, window.Denials, window.EstimatedBytes, window.LateBytes, window.SessionsActive);
        (window.WindowEnd - window.WindowStart == 60_000 ? Last : LastLonger)[key] = sums;
        string reasons = string.Join(',', window.EndReasons.Entries.ToArray().Select(entry => $"{entry.Key}={entry.Value}"));
        Emitted.Add($"{key} r{window.Revision} {(window.Final ? "final" : "early")} {sums} {reasons}");
    }

    public void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Changelog[Convert.ToHexString(key)] = value.ToArray();

    public void Delete(ReadOnlySpan<byte> key) => Assert.True(Changelog.Remove(Convert.ToHexString(key)), "Deleted what was not there.");

    public void Commit() => Windows.Commit(this, this);

    public byte[] Snapshot()
    {
        var output = new ArrayBufferWriter<byte>();
        Windows.WriteSnapshot(output);
        return output.WrittenSpan.ToArray();
    }

    public void RestoreFromChangelog(long time)
    {
        Windows = new BandwidthWindows(_options, 3);
        foreach ((string key, byte[] value) in Changelog) Windows.RestoreRow(Convert.FromHexString(key), value);
        Windows.AdvanceTime(time);
    }

    public void RestoreFromSnapshot(byte[] snapshot)
    {
        Windows = new BandwidthWindows(_options, 3);
        Windows.ReadSnapshot(snapshot);
    }

    public WindowSums Sum(string aggregation) =>
        Last.Where(entry => entry.Key.StartsWith(aggregation + "/", StringComparison.Ordinal))
            .Aggregate(default(WindowSums), (sum, entry) => sum + entry.Value);

    private static string KeyOf(BandwidthWindow window)
    {
        long minutes = (window.WindowEnd - window.WindowStart) / 60_000;
        string length = minutes == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"+{minutes}");
        var dimensions = new List<string>();
        foreach (KeyValuePair<Utf8Text, Utf8Text> entry in window.Dimensions.Entries) dimensions.Add($"{entry.Key}={entry.Value}");
        return string.Create(
            CultureInfo.InvariantCulture, $"{window.Aggregation}/{string.Join(',', dimensions)}/{window.WindowStart / 60_000}{length}");
    }
}
