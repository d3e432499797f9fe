namespace FlowStream.Sessions.State;

/// <summary>What else is known of a <see cref="MessageNode"/>.</summary>
[Flags]
internal enum MessageFlags : byte
{
    None = 0,

    /// <summary>It states bytes from the client.</summary>
    BytesFromClient = 1,

    /// <summary>It states bytes from the server.</summary>
    BytesFromServer = 2,

    /// <summary>It states packets from the client.</summary>
    PacketsFromClient = 4,

    /// <summary>It states packets from the server.</summary>
    PacketsFromServer = 8,

    /// <summary>Any of the totals.</summary>
    Totals = BytesFromClient | BytesFromServer | PacketsFromClient | PacketsFromServer,

    /// <summary>The device's time was unusable; the record timestamp stands for it.</summary>
    TimeSubstituted = 16,

    /// <summary>Every bit that has a meaning.</summary>
    All = Totals | TimeSubstituted,
}
