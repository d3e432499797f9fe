namespace FlowStream.Sessions;

/// <summary>One row of <see cref="EndReasons"/>.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Class">Its class.</param>
/// <param name="Side">Who ended the session.</param>
/// <param name="Terminal">False when the session goes on elsewhere, so that this is not its end.</param>
/// <param name="Raw">
/// The device texts that mean it, folded as <see cref="EndReasons.Parse"/> folds: lower case, single blanks, no trailing <c>n/a</c>. A text
/// that ends in <c>*</c> stands for everything that begins so.
/// </param>
public sealed record EndReasonRow(EndReason Reason, EndClass Class, EndSide Side, bool Terminal, params string[] Raw);
