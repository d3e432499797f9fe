namespace FlowStream.Broker.Control;

/// <summary>The forms of <see cref="ControlAction"/>.</summary>
internal enum ControlKind
{
    /// <summary>Handle and answer.</summary>
    Pass,

    /// <summary>Close without handling.</summary>
    Drop,

    /// <summary>Handle, close without answering.</summary>
    HandleThenDrop,

    /// <summary>Handle, answer, close.</summary>
    AnswerThenDrop,

    /// <summary>Answer with given bytes without handling.</summary>
    Answer,
}
