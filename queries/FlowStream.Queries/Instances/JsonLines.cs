using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace FlowStream.Queries.Instances;

/// <summary>Reads a stream of JSON lines, one in memory at a time.</summary>
internal static class JsonLines
{
    /// <summary>
    /// Longest line: the longest session has sixty texts of a kilobyte and 32 kB of extras, escaped at worst to six times that.
    /// </summary>
    public const int MaxLineBytes = 1 << 20;

    /// <summary>The lines, each valid until the next is asked for.</summary>
    /// <exception cref="JsonException">A line is no JSON object.</exception>
    /// <exception cref="InvalidDataException">A line is too long.</exception>
    public static async IAsyncEnumerable<JsonElement> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        PipeReader pipe = PipeReader.Create(stream);
        while (true)
        {
            ReadResult read = await pipe.ReadAsync(cancellation).ConfigureAwait(false);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                using JsonDocument line = JsonDocument.Parse(rest.Slice(0, end));
                yield return line.RootElement;
                rest = rest.Slice(rest.GetPosition(1, end));
            }
            if (rest.Length > MaxLineBytes) throw new InvalidDataException($"a line is longer than {MaxLineBytes} bytes");
            pipe.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted) yield break;
        }
    }
}
