namespace FlowStream.Tidy.Tests.Rules;

/// <summary>No file is longer than 500 lines, and half of the product's files are no longer than 90.</summary>
public sealed class FileLengthRule : ISourceRule
{
    public const int MaxLines = 500;
    public const int MaxMedianLines = 90;

    public IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files)
    {
        foreach (SourceFile file in files.Where(file => file.Lines.Length > MaxLines))
            yield return new Finding(file.Path, MaxLines + 1, $"{file.Lines.Length} lines; at most {MaxLines}: split it");

        SourceFile[] product = [.. files.Where(file => !file.IsTest).OrderBy(file => file.Lines.Length)];
        if (product.Length > 0 && product[product.Length / 2].Lines.Length > MaxMedianLines)
            yield return new Finding(product[product.Length / 2].Path, 1, $"the median file is longer than {MaxMedianLines} lines");
    }
}
