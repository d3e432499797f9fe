using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using FlowStream.Parsing;
using FlowStream.Sessions.Table;
using FlowStream.Streams;

namespace FlowStream.Queries.Http;

/// <summary>
/// Lists the sessions of one task. A reader that is slow delays its own answer and not the task: while the channel is full nothing is
/// looked at.
/// </summary>
internal sealed class ListingVisit : IStateVisit
{
    // Some 100 sessions: at 4 us each, their lines take well below a millisecond to write.
    private const int ChunkBytes = 1 << 16;

    private readonly SessionListing _listing;
    private readonly SessionScan _scan;
    private readonly ChannelWriter<byte[]> _chunks;
    private readonly ArrayBufferWriter<byte> _lines = new(ChunkBytes);
    private byte[]? _chunk;
    private bool _isWhole;

    public ListingVisit(SessionListing listing, SessionScan scan, ChannelWriter<byte[]> chunks)
    {
        _listing = listing;
        _scan = scan;
        _chunks = chunks;
    }

    public bool Continue()
    {
        if (!TryHandOver()) return false;
        if (!_isWhole) Look();
        return TryHandOver() && _isWhole;
    }

    private void Look()
    {
        using var json = new Utf8JsonWriter(_lines, EventJson.WriterOptions);
        int budget = _scan.SlotsPerStep;
        while (_lines.WrittenCount < ChunkBytes)
        {
            ScanStep step = _scan.Next(ref budget);
            _isWhole = step == ScanStep.Ended || (step == ScanStep.Found && !_listing.TryTake());
            if (_isWhole || step != ScanStep.Found) break;
            OpenSessionJson.Write(json, _scan);
            json.Flush();
            json.Reset();
            _lines.Write("\n"u8);
        }
        if (_lines.WrittenCount > 0) _chunk = _lines.WrittenSpan.ToArray();
        _lines.ResetWrittenCount();
    }

    private bool TryHandOver()
    {
        if (_chunk is not null && !_chunks.TryWrite(_chunk)) return false;
        _chunk = null;
        return true;
    }
}
