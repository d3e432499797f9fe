namespace FlowStream.Bandwidth;

/// <summary>Takes a row as the changelog has it.</summary>
internal delegate void RestoreRowAction(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);
