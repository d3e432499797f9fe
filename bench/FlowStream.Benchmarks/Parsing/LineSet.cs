using System.Text;
using FlowStream.Parsing;

namespace FlowStream.Benchmarks.Parsing;

/// <summary>
/// Lines of one kind to measure with: the shape of real ones, our own values. <c>Lines/NAME.line</c> is the line with places for values
/// that change from line to line, <c>Lines/NAME.regex</c> what an engineer would write to read it, each field a named group.
/// </summary>
public sealed class LineSet
{
    /// <summary>
    /// Lines in a set: as many as the fast caches of a core hold beside the parser, and too many for the processor to learn by heart.
    /// </summary>
    public const int Count = 256;

    /// <summary>Makes a set.</summary>
    /// <param name="name">Its name in reports.</param>
    /// <param name="file">Name of its files.</param>
    /// <param name="fields">Fields that a line holds.</param>
    /// <param name="shape">The format.</param>
    /// <param name="reach">Million bytes per second that the parser has to reach, or null.</param>
    public LineSet(string name, string file, int fields, MessageShape shape, double? reach)
    {
        Name = name;
        Fields = fields;
        Shape = shape;
        Reach = reach;
        Pattern = Read($"{file}.regex");
        string template = Read($"{file}.line").TrimEnd('\n');
        var values = new ChangingValues();
        Lines = [.. Enumerable.Range(0, Count).Select(_ => Encoding.UTF8.GetBytes(values.Fill(template)))];
    }

    /// <summary>Name in reports.</summary>
    public string Name { get; }

    /// <summary>Fields that a line holds.</summary>
    public int Fields { get; }

    /// <summary>The format.</summary>
    public MessageShape Shape { get; }

    /// <summary>Million bytes per second that the parser has to reach, or null.</summary>
    public double? Reach { get; }

    /// <summary>The regular expression that reads a line, with blanks and line breaks that do not count.</summary>
    public string Pattern { get; }

    /// <summary>The lines.</summary>
    public byte[][] Lines { get; }

    /// <summary>Bytes of all lines.</summary>
    public long Bytes => Lines.Sum(line => (long)line.Length);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string Read(string name)
    {
        using Stream stream = typeof(LineSet).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"{name} is not among the lines.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
