namespace FlowStream.Benchmarks;

/// <summary>How much <c>make bench</c> measures.</summary>
public enum BenchmarkScope
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>The parser, beside a regular expression and rsyslog.</summary>
    Parsing,

    /// <summary>Parser, join and windows in process.</summary>
    Stages,

    /// <summary>The join by the number of open sessions, up to five million.</summary>
    Sessions,

    /// <summary>The windows: their cost, and how near they come to what flowed.</summary>
    Windows,

    /// <summary>Only how near the windows come to what flowed.</summary>
    Spikes,
}
