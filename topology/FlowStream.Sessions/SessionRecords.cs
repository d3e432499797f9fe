using System.Buffers;
using FlowStream.Schemas;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>Makes final records and their revisions: a revision only when a byte of the record changes.</summary>
internal sealed class SessionRecords
{
    private readonly SessionFold _fold;
    private readonly ArrayBufferWriter<byte> _before = new(4096);
    private readonly ArrayBufferWriter<byte> _after = new(4096);

    public SessionRecords(SessionStore store, SessionOptions options)
    {
        _fold = new SessionFold(store, options.MaxMessages);
    }

    /// <summary>Emits revision 0.</summary>
    public void Finish<TOut>(in SessionSlot slot, in SessionEnd end, TOut output)
        where TOut : ISessionOutput
    {
        _fold.Fold(slot, end);
        output.Completed(_fold.Record);
    }

    /// <summary>Takes down the record as it stands, before a message is joined to a session that has one.</summary>
    public void Remember(in SessionSlot slot, in SessionEnd end) => Write(slot, end, _before);

    /// <summary>Emits the next revision when the record is no longer what <see cref="Remember"/> took down.</summary>
    /// <returns>True when it was emitted.</returns>
    public bool Revise<TOut>(ref SessionSlot slot, in SessionEnd end, TOut output)
        where TOut : ISessionOutput
    {
        Write(slot, end, _after);
        if (_before.WrittenSpan.SequenceEqual(_after.WrittenSpan)) return false;
        slot.Revision++;
        _fold.Fold(slot, end);
        output.Completed(_fold.Record);
        return true;
    }

    private void Write(in SessionSlot slot, in SessionEnd end, ArrayBufferWriter<byte> target)
    {
        _fold.Fold(slot, end);
        target.ResetWrittenCount();
        var writer = new AvroWriter(target);
        _fold.Record.Write(ref writer);
        writer.Flush();
    }
}
