using System.Text;
using System.Text.Json.Nodes;
using FlowStream.Bandwidth;
using FlowStream.Sessions;
using FlowStream.Streams.Driver;

namespace FlowStream.Topology.Tests;

/// <summary>Clocks that are wrong and data that is late: nothing vanishes, and the windows of others stay on time.</summary>
public sealed class WrongClockTests
{
    private const long Start = 1_777_624_020_000;
    private const long Hour = 3_600_000;
    private const long Bytes = 1_000;

    private static readonly TopologyOptions Options = new()
    {
        HashSeed = 1, Aggregations = [Aggregation.Total, Aggregation.Parse("device")], RawPartitions = 3,
    };

    [Fact]
    public void Windows_of_other_devices_are_final_on_time_beside_wrong_clocks()
    {
        using var run = new TopologyRun(new TopologyDriverOptions(), Options with { RawPartitions = 1 });
        for (int minute = 0; minute < 20; minute++)
        {
            PipeMinute(run, minute);
            run.Driver.Run();
            // It holds the ten seconds before the minute, and those of the minute before that are final by their grace.
            long last = Windows(run).Where(window => (bool)window["value"]!["final"]!).Select(TimeOf).DefaultIfEmpty().Max();
            Assert.Equal(minute == 0 ? 0 : Start + ((minute - 2) * 60_000L), last);
        }
    }

    [Fact]
    public void With_a_limit_of_days_a_wrong_clock_moves_bytes_to_wrong_windows_and_loses_none()
    {
        using TopologyRun run = Run(new SessionOptions { MaxSkew = TimeSpan.FromDays(3) });
        for (int minute = 0; minute < 20; minute++) PipeMinute(run, minute);
        run.Driver.Flush();
        List<JsonNode> windows = Windows(run);
        Assert.Contains(windows, window => TimeOf(window) > Start + (11 * Hour));
        Assert.NotEqual(0, windows.Sum(window => (long)window["value"]!["late_bytes"]!));
        Assert.Equal(20 * 4 * 4 * Bytes, windows.Where(window => (string?)window["value"]!["aggregation"] == "total").Sum(Sum));
    }

    [Fact]
    public void A_clock_12_hours_ahead_one_40_hours_behind_and_one_without_a_zone_move_no_window()
    {
        using TopologyRun run = Run();
        for (int minute = 0; minute < 20; minute++) PipeMinute(run, minute);
        run.Driver.Flush();
        List<JsonNode> windows = Windows(run);
        foreach (string device in new[] { "fw1", "ahead", "behind", "zoneless" })
        {
            JsonNode[] own = [.. windows.Where(window => (string?)window["value"]!["dimensions"]!["device_host"] == device)];
            Assert.Equal(20 * 4 * Bytes, own.Sum(Sum));
            Assert.Equal(20, own.Count(window => Sum(window) > 0));
            Assert.All(own, window => Assert.InRange(TimeOf(window), Start - 60_000, Start + (20 * 60_000)));
        }
        Assert.Equal(0, windows.Sum(window => (long)window["value"]!["late_bytes"]!));
    }

    [Fact]
    public void A_day_of_data_that_is_three_hours_late_finds_its_windows()
    {
        using TopologyRun run = Run();
        for (int hour = 0; hour < 24; hour++)
        {
            long time = Start + (hour * Hour);
            run.Pipe(JunosLine.Close((hour * 2) + 1, time, 10, Bytes), time);
            // The device's own time is out of its skew, so its bytes stand where they were received.
            run.Pipe(From("late", JunosLine.Close((hour * 2) + 2, time - (3 * Hour), 10, Bytes)), time);
        }
        run.Driver.Flush();
        List<JsonNode> windows = Windows(run);
        foreach (string device in new[] { "fw1", "late" })
        {
            JsonNode[] own = [.. windows.Where(window => (string?)window["value"]!["dimensions"]!["device_host"] == device)];
            Assert.Equal(24 * 4 * Bytes, own.Sum(Sum));
        }
        Assert.Equal(0, windows.Sum(window => (long)window["value"]!["late_bytes"]!));
    }

    [Theory]
    [InlineData(24, 0)]
    [InlineData(2, 24 * 4 * Bytes)]
    public void Late_data_whose_clock_is_trusted_corrects_its_own_windows_while_they_are_kept(int keptHours, long lateBytes)
    {
        using var run = new TopologyRun(null, Options with
        {
            Sessions = new SessionOptions { MaxSkew = TimeSpan.FromHours(12) },
            Bandwidth = new BandwidthOptions { Retention = TimeSpan.FromHours(keptHours) },
            RawPartitions = 1,
        });
        for (int hour = 0; hour < 24; hour++)
        {
            long time = Start + (hour * Hour);
            run.Pipe(JunosLine.Close((hour * 2) + 1, time, 10, Bytes), time);
            run.Pipe(From("late", JunosLine.Close((hour * 2) + 2, time - (3 * Hour), 10, Bytes)), time);
            run.Driver.Run();
        }
        run.Driver.Flush();
        JsonNode[] own = [.. Windows(run).Where(window => (string?)window["value"]!["dimensions"]!["device_host"] == "late")];
        Assert.Equal(24 * 4 * Bytes, own.Sum(Sum));
        Assert.Equal(lateBytes, own.Sum(window => (long)window["value"]!["late_bytes"]!));
        Assert.Equal(lateBytes == 0, own.Any(window => TimeOf(window) == Start - (3 * Hour) - 60_000));
    }

    [Fact]
    public void Days_replayed_through_partitions_of_different_pace_lose_nothing_to_late_bytes()
    {
        using TopologyRun run = Run();
        int session = 0;
        // Each flow has its partition: one after the other says all of its three days.
        for (int flow = 0; flow < 9; flow++)
        {
            for (int hour = 0; hour < 72; hour++)
            {
                long time = Start + (hour * Hour);
                run.Pipe(JunosLine.Close((flow * 1000) + session++ % 200, time, 10, Bytes), time);
            }
        }
        run.Driver.Flush();
        JsonNode[] totals = [.. Windows(run).Where(window => (string?)window["value"]!["aggregation"] == "total")];
        Assert.Equal(9 * 72 * 4 * Bytes, totals.Sum(Sum));
        Assert.Equal(0, totals.Sum(window => (long)window["value"]!["late_bytes"]!));
    }

    private static TopologyRun Run(SessionOptions? sessions = null) =>
        new(new TopologyDriverOptions { Partitions = 3 }, Options with { Sessions = sessions ?? Options.Sessions });

    // A session of each device that ends at the minute.
    private static void PipeMinute(TopologyRun run, int minute)
    {
        long time = Start + (minute * 60_000L);
        run.Pipe(JunosLine.Close((minute * 4) + 1, time, 10, Bytes), time);
        run.Pipe(From("ahead", JunosLine.Close((minute * 4) + 2, time + (12 * Hour), 10, Bytes)), time);
        run.Pipe(From("behind", JunosLine.Close((minute * 4) + 3, time - (40 * Hour), 10, Bytes)), time);
        // A legacy header has neither zone nor year; the device prints the time of a zone two hours east.
        string stamp = DateTimeOffset.FromUnixTimeMilliseconds(time + (2 * Hour)).UtcDateTime
            .ToString("MMM dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        string line = Encoding.UTF8.GetString(JunosLine.Close((minute * 4) + 4, time, 10, Bytes));
        string message = line[line.IndexOf("RT_FLOW_SESSION", StringComparison.Ordinal)..];
        run.Pipe(Encoding.UTF8.GetBytes($"<14>{stamp} zoneless RT_FLOW: {message}"), time);
    }

    private static byte[] From(string device, byte[] line) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line).Replace(" fw1 ", $" {device} ", StringComparison.Ordinal));

    private static List<JsonNode> Windows(TopologyRun run)
    {
        var last = new Dictionary<string, JsonNode>();
        foreach (JsonNode line in run.Read(FlowTopics.Bandwidth))
            if (!((string)line["key"]!).Contains("/PT", StringComparison.Ordinal)) last[(string)line["key"]!] = line;
        return [.. last.Values];
    }

    private static long TimeOf(JsonNode window) => DateTimeOffset.Parse(
        (string)window["value"]!["window_start"]!, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private static long Sum(JsonNode window) =>
        (long)window["value"]!["bytes_from_client"]! + (long)window["value"]!["bytes_from_server"]!;
}
