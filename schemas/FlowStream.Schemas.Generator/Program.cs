using System.Text.Json;
using FlowStream.Schemas.Generator;

if (args.Length < 2)
{
    Console.Error.WriteLine("usage: FlowStream.Schemas.Generator OUTPUT-FOLDER FILE.avsc...");
    return 2;
}

var catalogue = new SchemaCatalogue();
foreach (string file in args.Skip(1))
{
    try
    {
        catalogue.Add(File.ReadAllText(file));
    }
    catch (Exception fault) when (fault is SchemaException or JsonException or IOException or UnauthorizedAccessException)
    {
        // The form in which MSBuild recognises an error and shows its file.
        Console.Error.WriteLine($"{file}: error SCHEMA: {fault.Message}");
        return 1;
    }
}

string folder = args[0];
Directory.CreateDirectory(folder);
foreach (string stale in Directory.EnumerateFiles(folder, "*.g.cs")) File.Delete(stale);
foreach (EnumSchema schema in catalogue.Enums) Write(schema.Name, EnumEmitter.Emit(schema));
foreach (RecordSchema schema in catalogue.Records) Write(schema.Name, RecordEmitter.Emit(schema));
return 0;

void Write(string type, string code) => File.WriteAllText(Path.Combine(folder, $"{type}.g.cs"), code);
