namespace FlowStream.Testing;

/// <summary>A block of shell commands in a document.</summary>
/// <param name="Line">The line of the document on which the first command stands, from 1.</param>
/// <param name="Script">The commands, each line ended.</param>
public sealed record ShellBlock(int Line, string Script);
