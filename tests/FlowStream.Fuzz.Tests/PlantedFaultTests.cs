using System.Text;
using FlowStream.Fuzz.Tests.Engine;
using FlowStream.Fuzz.Tests.Targets.Parsers;

namespace FlowStream.Fuzz.Tests;

/// <summary>The fuzzer finds faults that are put there to be found, and what it keeps brings them back.</summary>
public sealed class PlantedFaultTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowstream-fuzz-");

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public void A_reader_that_believes_a_length_is_caught_and_its_input_kept()
    {
        AssertCaught(new PlantedTarget(input =>
        {
            int length = input[0];
            return input.AsSpan(1, length).Length == length;
        }));
    }

    [Fact]
    public void A_reader_that_makes_room_for_a_promise_is_caught()
    {
        AssertCaught(new PlantedTarget(input =>
        {
            if (input.Length < 5) return false;
            int promised = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(input.AsSpan(1));
            // Bounded here only so that the planted fault does not take the machine's memory.
            return new byte[Math.Clamp(promised, 0, 1 << 26)].Length == promised;
        }));
    }

    [Fact]
    public void A_parser_that_takes_one_column_for_another_is_caught_by_the_reference()
    {
        using var target = new ParserTarget(
            "parser-csv", (message, read) => CsvReference.Difference(WithPortsSwapped(message), read), TimeProvider.System);
        AssertCaught(target);
    }

    [Fact]
    public void The_same_seed_gives_the_same_inputs()
    {
        byte[][] seeds = [[1, 2, 3, 4, 5, 6], [9, 8, 7]];
        var first = new Mutator(new Random(7), []);
        var second = new Mutator(new Random(7), []);
        for (int i = 0; i < 1000; i++) Assert.Equal(first.Next(seeds), second.Next(seeds));
    }

    // As if the parser had taken source port and destination port from each other's columns.
    private static byte[] WithPortsSwapped(byte[] message)
    {
        string[] columns = Encoding.Latin1.GetString(message).Split(',');
        int type = Array.IndexOf(columns, "TRAFFIC");
        if (type < 0 || columns.Length <= type + 22) return message;
        (columns[type + 21], columns[type + 22]) = (columns[type + 22], columns[type + 21]);
        return Encoding.Latin1.GetBytes(string.Join(',', columns));
    }

    private void AssertCaught(IFuzzTarget target)
    {
        var fuzzer = new Fuzzer(_folder.FullName, TimeProvider.System);
        var failure = Assert.Throws<FuzzFailedException>(() => fuzzer.Run(target, Patience));
        Assert.Contains("FLOWSTREAM_SEED=", failure.Message, StringComparison.Ordinal);
        string kept = Assert.Single(CrashFiles.Of(_folder.FullName, target.Name));
        Assert.ThrowsAny<Exception>(() => Fuzzer.RunOne(target, File.ReadAllBytes(kept)));
    }

    private sealed class PlantedTarget(Func<byte[], bool> run) : IFuzzTarget
    {
        public string Name => "planted";

        public IReadOnlyList<byte[]> Seeds { get; } = [[4, 0, 0, 0, 4, 1, 2, 3, 4]];

        public bool Run(byte[] input) => run(input);

        public void Dispose()
        {
            // Holds nothing but memory.
        }
    }
}
