namespace FlowStream.Testing.Tests;

/// <summary>The tests that set the seed variable, which belongs to the whole process, run one after the other and alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SeedVariableCollection
{
    public const string Name = "seed variable";
}
