namespace FlowStream.Parsing.Tests;

/// <summary>A test over the corpus of captured messages; reported as skipped where that folder is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute()
    {
        if (!File.Exists(CorpusTests.CorpusFile)) Skip = $"There is no {CorpusTests.CorpusFile}.";
    }
}
