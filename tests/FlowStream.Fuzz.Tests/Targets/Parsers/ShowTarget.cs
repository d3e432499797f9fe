using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FlowStream.Fuzz.Tests.Engine;
using FlowStream.Parsing;
using FlowStream.Parsing.DeviceText;

namespace FlowStream.Fuzz.Tests.Targets.Parsers;

/// <summary>
/// What a device prints on its terminal: no exception, no byte outside of it read, no time lost, the same answer however it is cut into
/// pieces, and sessions whose values stand in the text.
/// </summary>
/// <param name="time">Measures what a text takes.</param>
internal sealed class ShowTarget(TimeProvider time) : IFuzzTarget
{
    // What a text may take: some milliseconds, and a hundred times what a byte usually takes.
    private const double BaseSeconds = 0.005, SecondsPerByte = 2e-6;
    private const int Tries = 10;

    private readonly GuardedMemory _memory = new("parser-show");

    public string Name => "parser-show";

    public IReadOnlyList<byte[]> Seeds { get; } =
        [.. FuzzCorpus.Files("listings").Concat(FuzzCorpus.Files(Path.Combine("seeds", "listings"))).Select(File.ReadAllBytes)];

    public IReadOnlyList<byte[]> Tokens { get; } = FuzzCorpus.Tokens("parser-show");

    public ulong Behaviour { get; private set; }

    public bool Run(byte[] input)
    {
        var whole = new Output();
        Read(_memory.AtEnd(input), input.Length + 1, whole);
        foreach (int piece in (ReadOnlySpan<int>)[1, 7, 64])
        {
            var cut = new Output();
            Read(_memory.AtBeginning(input), piece, cut);
            Assert.Equal(whole.Text, cut.Text);
        }
        CheckTime(input);
        whole.CheckValues(input);
        Behaviour = whole.Behaviour;
        return whole.Sessions.Count > 0;
    }

    public void Dispose() => _memory.Dispose();

    private static void Read(ReadOnlySpan<byte> text, int piece, Output output)
    {
        var reader = new DeviceTextReader(output);
        for (int from = 0; from < text.Length; from += piece) reader.Append(text.Slice(from, Math.Min(piece, text.Length - from)));
        reader.Complete();
    }

    private void CheckTime(byte[] input)
    {
        double limit = BaseSeconds + (input.Length * SecondsPerByte), seconds = double.MaxValue;
        for (int tries = 0; tries < Tries && seconds > limit; tries++)
        {
            long began = time.GetTimestamp();
            Read(input, input.Length + 1, new Output());
            seconds = Math.Min(seconds, time.GetElapsedTime(began).TotalSeconds);
        }
        Assert.True(seconds <= limit, $"{input.Length} bytes take {seconds} s");
    }

    private sealed class Output : IDeviceTextOutput
    {
        private readonly ArrayBufferWriter<byte> _json = new();
        private HashCode _behaviour;

        public List<DeviceSession> Sessions { get; } = [];

        public string Text => Encoding.UTF8.GetString(_json.WrittenSpan);

        public ulong Behaviour => (uint)_behaviour.ToHashCode();

        public void Session(DeviceSession session)
        {
            Sessions.Add(session);
            Write(writer => DeviceTextJson.Write(writer, session));
            _behaviour.Add((session.Listing, Enum.GetValues<DeviceField>().Count(session.Has) / 4, session.Extras.Count / 4));
        }

        public void Refused(DeviceTextRefusal refusal)
        {
            Write(writer => DeviceTextJson.Write(writer, refusal));
            _behaviour.Add((refusal.Reason, refusal.Field));
        }

        public void Total(long line, long stated, long read) => Write(writer => DeviceTextJson.WriteTotal(writer, line, stated, read));

        public void Unread(long line, string text) => Write(writer => DeviceTextJson.WriteUnread(writer, line, text));

        // The slow second opinion: whatever a session has was printed on its lines.
        public void CheckValues(byte[] input)
        {
            string text = Plain(Encoding.UTF8.GetString(input));
            foreach (DeviceSession session in Sessions)
            {
                foreach (DeviceField field in Enum.GetValues<DeviceField>())
                {
                    // The type is printed in full in one listing and cut to four letters in another.
                    if (field != DeviceField.SessionType && session.Text(field) is { } value) Require(text, field.ToString(), value);
                    if (field != DeviceField.ProtocolId && session.Number(field) is { } number)
                        Require(text, field.ToString(), number.ToString(CultureInfo.InvariantCulture));
                }
                foreach ((string key, string value) in session.Extras) Require(text, key, value);
            }
        }

        private static void Require(string text, string key, string value) =>
            Assert.True(text.Contains(Plain(value), StringComparison.OrdinalIgnoreCase), $"{key} is \"{value}\", which is not in the text");

        // Listings are laid out with blanks and line breaks, and what cannot be printed is replaced; values are not.
        private static string Plain(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit));

        private void Write(Action<Utf8JsonWriter> write)
        {
            using var writer = new Utf8JsonWriter(_json);
            write(writer);
        }
    }
}
