namespace FlowStream.Broker.Control;

/// <summary>What a hook of <see cref="BrokerControl"/> wants done with a request.</summary>
public sealed class ControlAction
{
    private ControlAction(ControlKind kind, Task? until = null, ReadOnlyMemory<byte> body = default)
    {
        Kind = kind;
        Until = until;
        Body = body;
    }

    /// <summary>Handle it as if no hook were there.</summary>
    public static ControlAction Pass { get; } = new(ControlKind.Pass);

    /// <summary>Do not handle it; close the connection.</summary>
    public static ControlAction Drop { get; } = new(ControlKind.Drop);

    /// <summary>Handle it in full, then close the connection without an answer: the lost acknowledgement.</summary>
    public static ControlAction HandleThenDrop { get; } = new(ControlKind.HandleThenDrop);

    /// <summary>Handle it, answer, then close the connection.</summary>
    public static ControlAction AnswerThenDrop { get; } = new(ControlKind.AnswerThenDrop);

    internal ControlKind Kind { get; }

    internal Task? Until { get; }

    internal ReadOnlyMemory<byte> Body { get; }

    /// <summary>
    /// Handle it when <paramref name="until"/> has completed, however that ended. Later requests of that connection wait too.
    /// </summary>
    /// <param name="until">What to wait for.</param>
    /// <returns>The action.</returns>
    public static ControlAction DelayUntil(Task until) => new(ControlKind.Pass, until);

    /// <summary>Do not handle it; answer with these bytes.</summary>
    /// <param name="body">The response after its header, in the version of the request.</param>
    /// <returns>The action.</returns>
    public static ControlAction Answer(ReadOnlyMemory<byte> body) => new(ControlKind.Answer, body: body);
}
