using FlowStream.Schemas;

namespace FlowStream.Sessions;

/// <summary>
/// What became of the sessions of one device. At any time <see cref="Carried"/> + <see cref="Begun"/> = <see cref="Open"/> +
/// <see cref="Ended"/>, and <see cref="Ended"/> is the sum over all values of <see cref="Completeness"/>.
/// </summary>
public sealed class DeviceAccount
{
    private static readonly int Kinds = Enum.GetValues<Completeness>().Length;

    private readonly long[] _ended = new long[Kinds];

    internal DeviceAccount(string device, byte[] name)
    {
        Device = device;
        Name = name;
    }

    /// <summary>The device's name, or <see cref="DeviceAccounts.OtherName"/>.</summary>
    public string Device { get; }

    /// <summary>The name as it was sent, which need not be text.</summary>
    internal byte[] Name { get; }

    /// <summary>Sessions that were open in a state that was read, less those given up with it when another was read.</summary>
    public long Carried { get; private set; }

    /// <summary>Sessions begun.</summary>
    public long Begun { get; private set; }

    /// <summary>Sessions without a final record.</summary>
    public long Open { get; private set; }

    /// <summary>Sessions with a final record.</summary>
    public long Ended => _ended.Sum();

    /// <summary>Of <see cref="Ended"/>, those that ended because a later session took their place.</summary>
    public long Superseded { get; private set; }

    /// <summary>Of <see cref="Ended"/>, those that ended because they were silent for too long.</summary>
    public long TimedOut { get; private set; }

    /// <summary>
    /// The share of creates that were lost, as far as closes tell: closes without a create among all closes. Null without a close. A device
    /// that is set not to log creates has 1.
    /// </summary>
    public double? CreateLoss => Share(EndedAs(Completeness.NoCreate));

    /// <summary>
    /// The share of closes that were lost, as far as creates tell: creates without a close among all creates. Null without a create.
    /// </summary>
    public double? CloseLoss => Share(EndedAs(Completeness.NoClose));

    /// <summary>Sessions with a final record that is <paramref name="completeness"/>; a revision moves its session.</summary>
    public long EndedAs(Completeness completeness) => _ended[(int)completeness];

    internal void Begin()
    {
        Begun++;
        Open++;
    }

    internal void Carry()
    {
        Carried++;
        Open++;
    }

    internal void GiveUp()
    {
        Carried -= Open;
        Open = 0;
    }

    internal void End(Completeness completeness, EndReason reason)
    {
        Open--;
        _ended[(int)completeness]++;
        Infer(reason, 1);
    }

    internal void Correct(Completeness before, EndReason reasonBefore, Completeness now, EndReason reasonNow)
    {
        _ended[(int)before]--;
        _ended[(int)now]++;
        Infer(reasonBefore, -1);
        Infer(reasonNow, 1);
    }

    private void Infer(EndReason reason, int sessions)
    {
        if (reason == EndReason.Superseded) Superseded += sessions;
        else if (reason == EndReason.TimeoutInferred) TimedOut += sessions;
    }

    private double? Share(long lost)
    {
        long all = lost + EndedAs(Completeness.Complete);
        return all == 0 ? null : (double)lost / all;
    }
}
