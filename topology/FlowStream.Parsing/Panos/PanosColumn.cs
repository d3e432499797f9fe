namespace FlowStream.Parsing.Panos;

/// <summary>One line of <see cref="PanosColumns"/>: everything the parser knows about a PAN-OS column.</summary>
internal readonly struct PanosColumn
{
    /// <summary>
    /// The field and how its text is read; for an extra only <see cref="FieldRule.Absent"/> counts. No property, so that it is read where
    /// it is.
    /// </summary>
    public readonly FieldRule Rule;

    /// <summary>What in the first byte of a value is looked at: the forms of "no value" that count, and all that is unusual.</summary>
    public readonly AbsentForms Notable;

    /// <summary>Makes the line of a column that becomes <paramref name="rule"/>'s field.</summary>
    public PanosColumn(string name, int firstRelease, PanosUse use, FieldRule rule = default)
    {
        Name = name;
        FirstRelease = firstRelease;
        Use = use;
        Rule = rule;
        Notable = (use is PanosUse.Field or PanosUse.Extra ? rule.Absent : AbsentForms.Empty) | NotableBytes.Unusual;
    }

    /// <summary>The name as PAN-OS documents it: lower case with <c>_</c>.</summary>
    public string Name { get; }

    /// <summary>The position in a full line, from 1: the number of its name among <see cref="PanosColumns.Names"/>.</summary>
    public short Position { get; init; }

    /// <summary>The first release that prints it, 256 times the major number plus the minor one.</summary>
    public int FirstRelease { get; }

    /// <summary>What becomes of it.</summary>
    public PanosUse Use { get; }

    /// <summary>The same line with another place among the names of the field.</summary>
    public PanosColumn WithRank(byte rank) => new(Name, FirstRelease, Use, Rule with { Rank = rank }) { Position = Position };
}
