namespace FlowStream.Cli;

/// <summary>What the command tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>All went well, an orderly stop by SIGTERM or Ctrl-C included.</summary>
    public const int Success = 0;

    /// <summary>A failure, named in one line on stderr.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;
}
