using System.Security.Cryptography;

namespace FlowStream.Fuzz.Tests.Engine;

/// <summary>The inputs that once broke a target: <c>tests/corpora/crashes/TARGET/</c> of the source.</summary>
internal static class CrashFiles
{
    // Enough of the hash to tell the inputs of one folder apart.
    private const int NameBytes = 8;

    /// <summary>The folder in the source that these tests were built from.</summary>
    public static string Folder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FlowStream.sln"))) folder = folder.Parent;
        Assert.NotNull(folder);
        return Path.Combine(folder.FullName, "tests", "corpora", "crashes");
    }

    /// <summary>The kept inputs of a target.</summary>
    public static IEnumerable<string> Of(string folder, string target)
    {
        string own = Path.Combine(folder, target);
        return Directory.Exists(own) ? Directory.EnumerateFiles(own).Order(StringComparer.Ordinal) : [];
    }

    /// <summary>Keeps an input; returns its path.</summary>
    public static string Save(string folder, string target, byte[] input)
    {
        string own = Path.Combine(folder, target);
        Directory.CreateDirectory(own);
        string path = Path.Combine(own, Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, NameBytes)) + ".bin");
        File.WriteAllBytes(path, input);
        return path;
    }
}
