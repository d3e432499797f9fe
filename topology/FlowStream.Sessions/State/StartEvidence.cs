namespace FlowStream.Sessions.State;

/// <summary>
/// What one message says about its session's start. The best of a session is the least: by class, then time, then application.
/// </summary>
/// <param name="Class">How well it is known.</param>
/// <param name="Time">The start, Unix milliseconds.</param>
/// <param name="Profile">The text fields of the message, whose application the opened session is counted under.</param>
internal readonly record struct StartEvidence(StartClass Class, long Time, int Profile)
{
    /// <summary>What <paramref name="message"/> says.</summary>
    public static StartEvidence Of(in MessageNode message)
    {
        bool stated = TryEstimate(message, message.Time, out long start);
        if (message.IsCreate || message.Tag == PanosStart.Tag) return new StartEvidence(StartClass.Create, start, message.Profile);
        if (!stated)
            return new StartEvidence(StartClass.FirstSeen, message.Time, message.Profile);
        return new StartEvidence(message.IsClose ? StartClass.CloseElapsed : StartClass.UpdateElapsed, start, message.Profile);
    }

    /// <summary>The start as <paramref name="time"/> less the elapsed time of <paramref name="message"/>.</summary>
    /// <returns>False when the message is no create and states no usable elapsed time.</returns>
    public static bool TryEstimate(in MessageNode message, long time, out long start)
    {
        start = time;
        if (message.IsCreate) return true;
        if (message.Elapsed < 0) return message.Tag == PanosStart.Tag;
        start = Math.Max(0, time - (message.Elapsed * 1000));
        return true;
    }
}
