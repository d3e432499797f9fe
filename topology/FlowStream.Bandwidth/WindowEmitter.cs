using FlowStream.Schemas;
using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>Makes the record of a row and hands it to the output of the commit under way.</summary>
internal sealed class WindowEmitter
{
    private readonly BandwidthWindow _record = new();

    /// <summary>Where records go.</summary>
    public IWindowOutput? Output { get; set; }

    /// <summary>Emits <paramref name="row"/> and counts its revision.</summary>
    public void Emit(byte[] key, ref WindowRow row, ReadOnlySpan<long> reasons, TumblingWindows windows, long errorBytes)
    {
        _record.Aggregation = new Utf8Text(SeriesKey.Name(key));
        SeriesKey.CopyDimensions(key, _record.Dimensions);
        _record.WindowStart = windows.StartOf(row.Window);
        _record.WindowEnd = windows.EndOf(row.Window);
        _record.BytesFromClient = row.Sums.Volume.BytesFromClient;
        _record.BytesFromServer = row.Sums.Volume.BytesFromServer;
        _record.PacketsFromClient = row.Sums.Volume.PacketsFromClient;
        _record.PacketsFromServer = row.Sums.Volume.PacketsFromServer;
        _record.SessionsOpened = row.Sums.Opened;
        _record.SessionsClosed = row.Sums.Closed;
        _record.Denials = row.Sums.Denied;
        _record.EstimatedBytes = row.Sums.EstimatedBytes;
        _record.LateBytes = row.Sums.LateBytes;
        _record.Revision = row.Revision++;
        _record.Final = row.Settled;
        _record.SessionsActive = row.Sums.Active;
        _record.ErrorBytes = errorBytes;
        _record.EndReasons.Clear();
        for (int reason = 0; reason < reasons.Length; reason++)
        {
            if (reasons[reason] != 0) _record.EndReasons.Add(new Utf8Text(((EndReason)reason).Code()), reasons[reason]);
        }
        Output!.Window(_record);
    }
}
