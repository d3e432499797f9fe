namespace FlowStream.Sessions.State;

/// <summary>One interval of a session's volume, as it is booked.</summary>
/// <param name="From">Start of the interval, Unix milliseconds.</param>
/// <param name="To">End of the interval, Unix milliseconds.</param>
/// <param name="Volume">What moved in it.</param>
/// <param name="Profile">The text fields of the message that ended the interval, whose application it is booked under.</param>
internal readonly record struct Booking(long From, long To, Volume Volume, int Profile);
