namespace FlowStream.Benchmarks.Results;

/// <summary>A run and what it measured.</summary>
/// <param name="Date">When it ended.</param>
/// <param name="Command">The command that repeats it.</param>
/// <param name="Revision">Git revision of the source; ends in <c>+</c> when files were changed since.</param>
/// <param name="Machine">Where.</param>
/// <param name="LoadBefore">Load of the machine before, by others.</param>
/// <param name="LoadAfter">Load after, the run's own included.</param>
/// <param name="Figures">What was measured, in order.</param>
/// <param name="Notes">What could not be measured, and why.</param>
public sealed record BenchmarkReport(
    DateTimeOffset Date,
    string Command,
    string Revision,
    Machine Machine,
    double? LoadBefore,
    double? LoadAfter,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<string> Notes);
