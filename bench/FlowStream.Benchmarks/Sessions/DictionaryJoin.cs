using System.Text;
using FlowStream.Parsing;

namespace FlowStream.Benchmarks.Sessions;

/// <summary>
/// The join of the obvious kind: a dictionary from the session's identity as text to an object of its fields. It does less than the
/// product's: no timers, no order of arrival but the right one, no corrections, no rows.
/// </summary>
internal sealed class DictionaryJoin : IMeasuredJoin
{
    private readonly Dictionary<string, DictionarySession> _sessions = [];

    /// <inheritdoc/>
    public int OpenSessions => _sessions.Count;

    /// <summary>Bytes of the sessions that were closed.</summary>
    public long ClosedBytes { get; private set; }

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<SessionEvent> messages, long timeMs)
    {
        foreach (SessionEvent e in messages) Apply(e, timeMs);
    }

    /// <inheritdoc/>
    public void Commit()
    {
    }

    private void Apply(SessionEvent e, long timeMs)
    {
        string key = $"{Text(e.DeviceHost)}/{e.Number(Field.SessionId)}/{e.Address(Field.SourceAddress)}/{e.Number(Field.SourcePort)}/"
            + $"{e.Address(Field.DestinationAddress)}/{e.Number(Field.DestinationPort)}/{e.Number(Field.ProtocolId)}";
        if (!_sessions.TryGetValue(key, out DictionarySession? session))
        {
            session = new DictionarySession { Start = timeMs };
            _sessions.Add(key, session);
        }
        session.Last = timeMs;
        session.Read(e);
        if (e.Kind != EventKind.Close) return;
        ClosedBytes += session.BytesFromClient + session.BytesFromServer;
        _sessions.Remove(key);
    }

    /// <summary>A string of the bytes, or null when there are none.</summary>
    internal static string? Text(ReadOnlySpan<byte> text) => text.IsEmpty ? null : Encoding.UTF8.GetString(text);
}
