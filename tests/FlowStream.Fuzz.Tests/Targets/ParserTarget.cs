using FlowStream.Fuzz.Tests.Engine;
using FlowStream.Parsing;
using FlowStream.Testing;

namespace FlowStream.Fuzz.Tests.Targets;

/// <summary>
/// A message in the parser: no exception, no byte outside of it read, and an event that was used before holds the same as a new one.
/// </summary>
internal sealed class ParserTarget : IFuzzTarget
{
    private readonly SessionEvent _used = new();
    private readonly SessionEvent _fresh = new();
    private readonly byte[] _key = new byte[FlowKey.MaxBytes];

    public string Name => "parser";

    public IReadOnlyList<byte[]> Seeds => SampleTraffic.Instance.Lines;

    public bool Run(byte[] input)
    {
        Refusal first = SyslogParser.Parse(MemoryShapes.Poisoned(input).Span, _used);
        Refusal second = SyslogParser.Parse(input, _fresh);
        Assert.Equal(second, first);
        Assert.InRange(first.Position, 0, input.Length);
        FlowKey.TryWrite(input, _key, out int written);
        Assert.InRange(written, 0, FlowKey.MaxBytes);
        if (!first.Accepted)
        {
            Assert.InRange(RefusalDetail.Write(first, input, new byte[RefusalDetail.MaxBytes]), 0, RefusalDetail.MaxBytes);
            return false;
        }
        Assert.Equal(Texts(_fresh), Texts(_used));
        return true;
    }

    public void Dispose()
    {
        // Holds nothing but memory.
    }

    private static string[] Texts(SessionEvent e) =>
        [.. Enum.GetValues<Field>().Where(e.Has).Select(field => $"{field}={Convert.ToHexString(e.Text(field))}")];
}
