using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FlowStream.Schemas;

namespace FlowStream.Sessions.Tests;

/// <summary>Keeps what a join puts out: records as Avro bytes and JSON, and running sums of deltas and counts.</summary>
internal sealed class Recorder : ISessionOutput
{
    /// <summary>Every output in order, as text.</summary>
    public List<string> Log { get; } = [];

    public List<RecordedSession> Sessions { get; } = [];

    public List<string> Denials { get; } = [];

    /// <summary>What stands booked: interval, application, volume, how often.</summary>
    public Dictionary<(string Device, string Application, long From, long To, Volume Volume), int> Booked { get; } = [];

    /// <summary>What stands counted.</summary>
    public Dictionary<(SessionCount Count, string Device, string Application, long Time), int> Counts { get; } = [];

    public void Completed(CompletedSession session)
    {
        string json = Json(session);
        Log.Add(json);
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(bytes);
        session.Write(ref writer);
        writer.Flush();
        Sessions.Add(new RecordedSession(session.SessionKey.ToString(), session.Revision, json, bytes.WrittenSpan.ToArray()));
    }

    public void Denied(Denial denial)
    {
        Log.Add(Json(denial));
        Denials.Add(Log[^1]);
    }

    public void Moved(in VolumeDelta delta, in SessionDimensions dimensions)
    {
        Assert.True(delta.Sign is 1 or -1);
        Assert.True(delta.FromMs <= delta.ToMs);
        Assert.False(delta.Volume.IsZero);
        Assert.True(delta.Volume.BytesFromClient >= 0 && delta.Volume.BytesFromServer >= 0);
        Assert.True(delta.Volume.PacketsFromClient >= 0 && delta.Volume.PacketsFromServer >= 0);
        (string device, string application) = Text(dimensions);
        Log.Add(string.Create(CultureInfo.InvariantCulture, $"{device} {application} {delta}"));
        Add(Booked, (device, application, delta.FromMs, delta.ToMs, delta.Volume), delta.Sign);
    }

    public void Counted(SessionCount count, int number, long timeMs, in SessionDimensions dimensions)
    {
        (string device, string application) = Text(dimensions);
        Log.Add(string.Create(CultureInfo.InvariantCulture, $"{device} {application} {count} {number} {timeMs}"));
        Add(Counts, (count, device, application, timeMs), number);
    }

    /// <summary>The sum of what stands booked.</summary>
    public Volume TotalBooked() => Booked.Aggregate(default(Volume), (sum, entry) =>
    {
        for (int i = 0; i < entry.Value; i++) sum += entry.Key.Volume;
        return sum;
    });

    private static void Add<TKey>(Dictionary<TKey, int> sums, TKey key, int sign)
        where TKey : notnull
    {
        int sum = sums.GetValueOrDefault(key) + sign;
        Assert.True(sum >= 0, $"{key} was taken back more often than booked.");
        if (sum == 0) sums.Remove(key);
        else sums[key] = sum;
    }

    private static (string Device, string Application) Text(in SessionDimensions dimensions) =>
        (Encoding.UTF8.GetString(dimensions[Dimension.Device]), Encoding.UTF8.GetString(dimensions[Dimension.Application]));

    private static string Json(IAvroRecord record)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes)) record.WriteJson(json);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
