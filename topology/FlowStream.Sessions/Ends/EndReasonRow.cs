namespace FlowStream.Sessions;

/// <summary>
/// One row of <see cref="EndReasons"/>. Texts stand as the devices print them; <see cref="ReasonText"/> says how they are compared.
/// </summary>
/// <param name="Reason">The reason.</param>
/// <param name="Class">Its class.</param>
/// <param name="Side">Who ended the session.</param>
/// <param name="Terminal">False when the session goes on, here or elsewhere, so that this is not its end.</param>
public sealed record EndReasonRow(EndReason Reason, EndClass Class, EndSide Side, bool Terminal = true)
{
    /// <summary>
    /// Reasons of Junos close and deny messages. A text that ends in <c>/*</c> stands for all that go on after the slash.
    /// </summary>
    public string[] Junos { get; init; } = [];

    /// <summary>PAN-OS session end reasons.</summary>
    public string[] Panos { get; init; } = [];

    /// <summary>PAN-OS tracker stages: <c>show session id</c>, and <c>show log traffic</c> with <c>show-tracker equal yes</c>.</summary>
    public string[] Tracker { get; init; } = [];

    /// <summary>All texts.</summary>
    public IEnumerable<string> Texts => [.. Junos, .. Panos, .. Tracker];
}
