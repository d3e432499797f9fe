namespace FlowStream.Sessions.State;

/// <summary>One interval of a session's volume, as it is booked.</summary>
/// <param name="From">Start of the interval, Unix milliseconds.</param>
/// <param name="To">End of the interval, Unix milliseconds.</param>
/// <param name="Volume">What moved in it.</param>
/// <param name="ActiveMs">The last millisecond before the interval in which the session moved bytes, or -1.</param>
/// <param name="Profile">The text fields of the message that ended the interval, which it is booked under.</param>
/// <param name="Person">Its user.</param>
/// <param name="Start">The text fields of the message that tells the session's start.</param>
/// <param name="End">
/// Number of the reason for which the session ended when that message is a close, else -1: comparing enums makes objects.
/// </param>
internal readonly record struct Booking(
    long From, long To, Volume Volume, long ActiveMs, int Profile, int Person, int Start, int End);
