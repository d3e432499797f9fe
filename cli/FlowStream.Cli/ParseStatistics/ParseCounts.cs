using System.Text;
using FlowStream.Parsing;

namespace FlowStream.Cli.ParseStatistics;

/// <summary>Counts what became of messages, and keeps the first example of each refusal.</summary>
internal sealed class ParseCounts
{
    private readonly Dictionary<(MessageShape Shape, EventTag Tag), long> _accepted = [];
    private readonly Dictionary<RefusalReason, (long Count, string Example)> _refused = [];
    private readonly byte[] _detail = new byte[RefusalDetail.MaxBytes];

    public long Messages { get; private set; }

    public IEnumerable<((MessageShape Shape, EventTag Tag) What, long Count)> Accepted =>
        _accepted.OrderByDescending(a => a.Value).Select(a => (a.Key, a.Value));

    public IEnumerable<(RefusalReason Reason, long Count, string Example)> Refused =>
        _refused.OrderByDescending(r => r.Value.Count).Select(r => (r.Key, r.Value.Count, r.Value.Example));

    public void Add(in Refusal refusal, SessionEvent parsed, ReadOnlySpan<byte> message)
    {
        Messages++;
        if (refusal.Accepted)
        {
            (MessageShape, EventTag) what = (parsed.Shape, parsed.Tag);
            _accepted[what] = _accepted.GetValueOrDefault(what) + 1;
            return;
        }
        if (_refused.TryGetValue(refusal.Reason, out (long Count, string Example) known))
            _refused[refusal.Reason] = (known.Count + 1, known.Example);
        else
            _refused[refusal.Reason] = (1, Encoding.UTF8.GetString(_detail, 0, RefusalDetail.Write(refusal, message, _detail)));
    }
}
