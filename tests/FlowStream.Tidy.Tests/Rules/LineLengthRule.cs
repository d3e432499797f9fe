namespace FlowStream.Tidy.Tests.Rules;

/// <summary>No line is longer than 140 characters, and none holds a tab or ends in a space.</summary>
public sealed class LineLengthRule : ISourceRule
{
    public const int MaxCharacters = 140;

    public IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files)
    {
        foreach (SourceFile file in files)
        {
            for (int index = 0; index < file.Lines.Length; index++)
            {
                string line = file.Lines[index];
                if (line.Length > MaxCharacters)
                    yield return new Finding(file.Path, index + 1, $"{line.Length} characters; at most {MaxCharacters}");
                if (line.Contains('\t', StringComparison.Ordinal) || line.EndsWith(' ') || line.EndsWith('\r'))
                    yield return new Finding(file.Path, index + 1, "a tab, a space at the end or a carriage return");
            }
        }
    }
}
