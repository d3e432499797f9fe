using System.Text.Json;

namespace FlowStream.Broker.Topics;

/// <summary>What the broker knows besides the logs, in one small JSON file that is always replaced as a whole.</summary>
/// <param name="Format">Version of this layout.</param>
/// <param name="ClusterId">The id that clients see as the cluster's; made once per data directory.</param>
/// <param name="Topics">All topics.</param>
internal sealed record StoredMetadata(int Format, string ClusterId, IReadOnlyList<StoredTopic> Topics)
{
    /// <summary>The file's name in the data directory.</summary>
    public const string FileName = "metadata.json";

    private const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    /// <summary>Metadata of a new data directory.</summary>
    public static StoredMetadata Create() =>
        new(CurrentFormat, Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_'), []);

    /// <summary>Reads the file of a data directory.</summary>
    /// <returns>What it holds, or null when there is none.</returns>
    /// <exception cref="InvalidDataException">The file is not one that this version can read; the message names it.</exception>
    public static StoredMetadata? Load(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            var stored = JsonSerializer.Deserialize<StoredMetadata>(File.ReadAllBytes(path), Layout);
            return stored is { Format: CurrentFormat, ClusterId: not null, Topics: not null }
                ? stored
                : throw new InvalidDataException($"{path} is not broker metadata of format {CurrentFormat}");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is damaged: {error.Message}", error);
        }
    }

    /// <summary>Replaces the file: after a crash either the old or the new one is there, whole.</summary>
    public void Save(string directory)
    {
        var path = Path.Combine(directory, FileName);
        var temporary = path + ".new";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, this, Layout);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
