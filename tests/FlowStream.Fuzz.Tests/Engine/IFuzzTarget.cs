namespace FlowStream.Fuzz.Tests.Engine;

/// <summary>Code that takes bytes from outside, and what it owes whatever they are.</summary>
internal interface IFuzzTarget : IDisposable
{
    /// <summary>Name, and folder of its failing inputs.</summary>
    string Name { get; }

    /// <summary>Inputs that it accepts, to be changed into ones that it might not.</summary>
    IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Words and marks of its grammar; empty for one that is not text.</summary>
    IReadOnlyList<byte[]> Tokens => [];

    /// <summary>
    /// What the last input made it do, as a number that is the same for inputs that it treats alike. An input that made it do something
    /// new is changed further, like the seeds.
    /// </summary>
    ulong Behaviour => 0;

    /// <summary>Takes one input; throws when it does not do what it owes.</summary>
    /// <returns>Whether the input was accepted.</returns>
    bool Run(byte[] input);
}
