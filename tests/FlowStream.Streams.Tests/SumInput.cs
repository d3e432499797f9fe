using System.Buffers.Binary;
using FlowStream.Streams.Driver;

namespace FlowStream.Streams.Tests;

/// <summary>Records for the sums, reproducible from a seed, and what a driver makes of them.</summary>
internal static class SumInput
{
    public static void Pipe(TopologyDriver driver, int seed, int count, int from = 0, string topic = "input")
    {
        var random = new Random(seed);
        var key = new byte[8];
        var value = new byte[8];
        var time = 1_700_000_000_000L;
        for (var i = 0; i < from + count; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(key, random.Next(20));
            BinaryPrimitives.WriteInt64BigEndian(value, random.Next(1000));
            time += random.Next(10) == 0 ? random.Next(4000) : random.Next(200);
            var jitter = random.Next(1000);
            if (i >= from) driver.Pipe(topic, key, value, time - jitter);
        }
    }

    /// <summary>What is committed, as text in order per partition: two runs are equal when this is.</summary>
    public static string Committed(TopologyDriver driver) => string.Join('\n', Lines(driver, "running").Concat(Lines(driver, "totals")));

    /// <summary>Committed output of a run without faults.</summary>
    public static string WithoutFaults(int seed, int count, int partitions)
    {
        using var driver = new TopologyDriver([SumProcessor.Stage()], new TopologyDriverOptions { Partitions = partitions });
        Pipe(driver, seed, count);
        driver.Flush();
        return Committed(driver);
    }

    private static IEnumerable<string> Lines(TopologyDriver driver, string topic) => driver.Read(topic)
        .OrderBy(record => record.Partition).ThenBy(record => record.Offset)
        .Select(record =>
            $"{topic} {record.Partition} {record.Timestamp} {Convert.ToHexString(record.Key)} {Convert.ToHexString(record.Value)}");
}
