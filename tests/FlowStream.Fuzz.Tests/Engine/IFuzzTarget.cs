namespace FlowStream.Fuzz.Tests.Engine;

/// <summary>Code that takes bytes from outside, and what it owes whatever they are.</summary>
internal interface IFuzzTarget : IDisposable
{
    /// <summary>Name, and folder of its failing inputs.</summary>
    string Name { get; }

    /// <summary>Inputs that it accepts, to be changed into ones that it might not.</summary>
    IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Takes one input; throws when it does not do what it owes.</summary>
    /// <returns>Whether the input was accepted.</returns>
    bool Run(byte[] input);
}
