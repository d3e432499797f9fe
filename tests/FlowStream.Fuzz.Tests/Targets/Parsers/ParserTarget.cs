using System.Buffers;
using System.Text.Json;
using FlowStream.Fuzz.Tests.Engine;
using FlowStream.Parsing;

namespace FlowStream.Fuzz.Tests.Targets.Parsers;

/// <summary>
/// A message in the parser: no exception, no byte outside of it read, nothing allocated, no time lost, the same answer twice, a flow key
/// that is the event's, and an event that a slow second reader agrees with.
/// </summary>
/// <param name="name">Name; its seeds and tokens are in <c>tests/corpora/fuzz/NAME/</c>.</param>
/// <param name="reference">Says in what an accepted message was read wrong, or null.</param>
/// <param name="time">Measures what a message takes.</param>
internal sealed class ParserTarget(string name, Func<byte[], SessionEvent, string?> reference, TimeProvider time) : IFuzzTarget
{
    // What a message may take: a millisecond, and a hundred times what a byte usually takes. Work that grows with the square of the
    // length takes a second for the longest message.
    private const double BaseSeconds = 0.001, SecondsPerByte = 1e-7;
    private const int Tries = 10;

    // Longer messages are for the other checks: the references take gigabytes and minutes for them.
    private const int MaxReferenceBytes = 4096;

    private readonly GuardedMemory _memory = new(name);
    private readonly StaleBytes _stale = new();
    private readonly SessionEvent _first = new();
    private readonly SessionEvent _second = new();
    private readonly byte[] _key = new byte[FlowKey.MaxBytes];
    private readonly byte[] _expectedKey = new byte[FlowKey.MaxBytes];
    private readonly byte[] _detail = new byte[RefusalDetail.MaxBytes];
    private readonly ArrayBufferWriter<byte> _json = new();

    public string Name => name;

    public IReadOnlyList<byte[]> Seeds { get; } = FuzzCorpus.Lines(name);

    public IReadOnlyList<byte[]> Tokens { get; } = FuzzCorpus.Tokens(name);

    public ulong Behaviour { get; private set; }

    public bool Run(byte[] input)
    {
        Refusal answer = Parse(input);
        CheckCost(input);
        CheckFlowKey(input, answer.Accepted);
        Behaviour = EventChecks.Behaviour(answer, _first);
        if (!answer.Accepted)
        {
            Assert.InRange(answer.Position, 0, input.Length);
            Assert.Equal(EventKind.None, _first.Kind);
            Assert.InRange(RefusalDetail.Write(answer, input, _detail), 1, RefusalDetail.MaxBytes);
            return false;
        }
        EventChecks.Complete(_first);
        EventChecks.Inside(_first, input.Length);
        EventChecks.Values(_first);
        CheckJson();
        if (input.Length <= MaxReferenceBytes && reference(input, _first) is { } difference)
            throw new InvalidOperationException($"The reference disagrees: {difference}");
        return true;
    }

    public void Dispose() => _memory.Dispose();

    // The same message at either end of the memory, into events that held other bytes before.
    private Refusal Parse(byte[] input)
    {
        _stale.Leave(_first, input.Length, 0);
        Refusal first = SyslogParser.Parse(_memory.AtEnd(input), _first);
        _stale.Leave(_second, input.Length, 1);
        Refusal second = SyslogParser.Parse(_memory.AtBeginning(input), _second);
        Assert.Equal(first, second);
        if (EventChecks.Difference(_first, _second) is { } difference)
            throw new InvalidOperationException($"Bytes that are not the message show: {difference}");
        return first;
    }

    // What is made once, tables and compiled code, is made by the time of the second try; what others take on the machine hits one of ten.
    private void CheckCost(byte[] input)
    {
        double limit = BaseSeconds + (input.Length * SecondsPerByte);
        for (int tries = 1; ; tries++)
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread(), began = time.GetTimestamp();
            SyslogParser.Parse(input, _second);
            double seconds = time.GetElapsedTime(began).TotalSeconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            if (allocated == 0 && seconds <= limit) return;
            if (tries == Tries) throw new InvalidOperationException($"{input.Length} bytes take {seconds} s, {allocated} bytes allocated");
        }
    }

    private void CheckFlowKey(byte[] input, bool accepted)
    {
        bool found = FlowKey.TryWrite(_memory.AtEnd(input), _key, out int written);
        Assert.InRange(written, 0, FlowKey.MaxBytes);
        Assert.Equal(found, written > 0);
        if (!accepted) return;
        int expected = EventChecks.HasFlow(_first) ? FlowKey.Write(_first, _expectedKey) : 0;
        Assert.Equal(Convert.ToHexString(_expectedKey, 0, expected), Convert.ToHexString(_key, 0, written));
    }

    private void CheckJson()
    {
        _json.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_json, EventJson.WriterOptions)) EventJson.Write(writer, _first);
        var reader = new Utf8JsonReader(_json.WrittenSpan);
        while (reader.Read()) Assert.InRange(reader.CurrentDepth, 0, 2);
    }
}
