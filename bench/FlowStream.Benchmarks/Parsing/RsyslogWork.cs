namespace FlowStream.Benchmarks.Parsing;

/// <summary>What an rsyslogd does with each message.</summary>
internal enum RsyslogWork
{
    /// <summary>Reads its header.</summary>
    HeaderOnly,

    /// <summary>Reads its header and, with mmpstrucdata, its structured data.</summary>
    StructuredData,

    /// <summary>The same, and prints the structured data as JSON.</summary>
    PrintFields,
}
