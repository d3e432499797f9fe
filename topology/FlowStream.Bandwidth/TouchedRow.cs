namespace FlowStream.Bandwidth;

/// <summary>A row to look at at the next commit.</summary>
/// <param name="Row">Its number.</param>
/// <param name="Before">Its sums as of the last commit.</param>
internal readonly record struct TouchedRow(int Row, WindowSums Before);
