using FlowStream.Parsing;

namespace FlowStream.Benchmarks.Parsing;

/// <summary>The lines that are measured. A new kind of line is one line here and two files in <c>Lines/</c>.</summary>
public static class LineSets
{
    /// <summary>A close as releases 10 to 12 print it: the 700 bytes that most messages have.</summary>
    public static LineSet ShortClose { get; } =
        new("structured, 22 fields", "structured-close-22", 22, MessageShape.JunosStructured, 1000);

    /// <summary>A close as release 22.2 prints it.</summary>
    public static LineSet LongClose { get; } =
        new("structured, 50 fields", "structured-close-50", 50, MessageShape.JunosStructured, 1000);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LineSet> All { get; } =
    [
        ShortClose,
        LongClose,
        new("structured, AppTrack update", "structured-update", 31, MessageShape.JunosStructured, 1000),
        new("sentence of a close, release 12", "sentence-close-12", 28, MessageShape.JunosUnstructured, 500),
        new("sentence of a create, release 21", "sentence-create-21", 34, MessageShape.JunosUnstructured, 500),
        new("sentence of a close, release 22", "sentence-close-22", 50, MessageShape.JunosUnstructured, 500),
        new("sentence of an AppTrack update", "sentence-update", 29, MessageShape.JunosUnstructured, 500),
        new("PAN-OS CSV, 115 columns", "panos-end-115", 114, MessageShape.PanosCsv, 700),
        new("PAN-OS CEF", "panos-cef", 39, MessageShape.PanosCef, null),
        new("PAN-OS LEEF, split by pipes", "panos-leef", 44, MessageShape.PanosLeef, null),
    ];
}
