using System.Xml.Linq;

namespace FlowStream.Tidy.Tests.Projects;

/// <summary>What a project file refers to.</summary>
/// <param name="Path">The file, relative to the repository.</param>
/// <param name="Name">The project's name.</param>
/// <param name="Projects">The names of the projects it references.</param>
/// <param name="Packages">The packages it references.</param>
public sealed record ProjectFile(string Path, string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public static ProjectFile Parse(string path, string xml)
    {
        XDocument document = XDocument.Parse(xml);
        return new ProjectFile(
            path,
            System.IO.Path.GetFileNameWithoutExtension(path),
            [.. Includes(document, "ProjectReference").Select(NameOf)],
            [.. Includes(document, "PackageReference")]);
    }

    // Project files written on Windows separate folders by backslashes.
    private static string NameOf(string include) => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/'));

    private static IEnumerable<string> Includes(XDocument document, string element) =>
        document.Descendants(element).Select(reference => (string?)reference.Attribute("Include")).OfType<string>();
}
