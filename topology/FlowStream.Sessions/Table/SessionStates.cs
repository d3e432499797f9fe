namespace FlowStream.Sessions.Table;

/// <summary>The names of <see cref="SessionState"/>.</summary>
public static class SessionStates
{
    private static readonly string[] Names = [.. Enum.GetNames<SessionState>().Select(name => name.ToLowerInvariant())];

    /// <summary>The name in JSON and tables: <c>open</c>, <c>closing</c>, <c>final</c>.</summary>
    public static string Name(this SessionState state) => Names[(int)state];
}
