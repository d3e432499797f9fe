using System.Reflection;

namespace FlowStream.Parsing.Tests.DeviceText;

/// <summary>Listings as files, <c>NAME.txt</c>, with what a person reads in them beside, <c>NAME.expected.json</c>.</summary>
internal static class ListingFixtures
{
    private static readonly string Corpora = Path.Combine(
        typeof(ListingFixtures).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!,
        "tests", "corpora");

    /// <summary>Examples of the documents that the product was asked for from, and our own.</summary>
    public static IEnumerable<string> Names =>
        ((string[])["seeds/listings", "listings"]).SelectMany(folder => Directory.GetFiles(Path.Combine(Corpora, folder), "*.txt"))
            .Select(file => Path.ChangeExtension(Path.GetRelativePath(Corpora, file), null)).Order(StringComparer.Ordinal);

    public static byte[] Text(string name) => File.ReadAllBytes(Path.Combine(Corpora, name + ".txt"));

    public static string Expected(string name) => File.ReadAllText(Path.Combine(Corpora, name + ".expected.json"));
}
