namespace FlowStream.Tidy.Tests;

/// <summary>One place that breaks a rule.</summary>
/// <param name="Path">The file, relative to the repository.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Message">What is wrong and what to do instead.</param>
public sealed record Finding(string Path, int Line, string Message)
{
    public override string ToString() => $"{Path}:{Line}: {Message}";
}
