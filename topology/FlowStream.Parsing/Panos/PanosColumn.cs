namespace FlowStream.Parsing.Panos;

/// <summary>One line of <see cref="PanosColumns"/>: everything the parser knows about a PAN-OS column.</summary>
internal readonly struct PanosColumn
{
    /// <summary>Makes the line of a column that becomes <paramref name="rule"/>'s field.</summary>
    public PanosColumn(string name, int firstRelease, PanosUse use, FieldRule rule = default)
    {
        Name = name;
        FirstRelease = firstRelease;
        Use = use;
        Rule = rule;
    }

    /// <summary>The name as PAN-OS documents it: lower case with <c>_</c>.</summary>
    public string Name { get; }

    /// <summary>The position in a full line, from 1: the number of its name among <see cref="PanosColumns.Names"/>.</summary>
    public short Position { get; init; }

    /// <summary>The first release that prints it, 256 times the major number plus the minor one.</summary>
    public int FirstRelease { get; }

    /// <summary>What becomes of it.</summary>
    public PanosUse Use { get; }

    /// <summary>The field and how its text is read; for an extra only <see cref="FieldRule.Absent"/> counts.</summary>
    public FieldRule Rule { get; init; }
}
