using System.Reflection;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FlowStream.Schemas;

namespace FlowStream.Schemas.Tests;

/// <summary>Draws records with every field filled at random, whatever fields the contract has.</summary>
internal static class RecordGenerator
{
    private static readonly long LastTime = new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public static Gen<T> Of<T>()
        where T : IAvroRecord, new() =>
        from seed in Gen.Choose(0, int.MaxValue)
        select (T)Draw(typeof(T), new Random(seed));

    private static object Draw(Type type, Random random)
    {
        object record = Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public)) Fill(record, property, random);
        return record;
    }

    private static void Fill(object record, PropertyInfo property, Random random)
    {
        switch (property.GetValue(record))
        {
            case AvroArray<Utf8Text> texts:
                for (int i = random.Next(4); i > 0; i--) texts.Add(Text(random));
                break;
            case AvroRecordArray<RouteChange> routes:
                FillArray(routes, random);
                break;
            case AvroRecordArray<PathMeasure> measures:
                FillArray(measures, random);
                break;
            case AvroMap map:
                for (int i = random.Next(4); i > 0; i--) map.Set(Text(random), Text(random));
                break;
            case AvroCounts counts:
                for (int i = random.Next(4); i > 0; i--)
                {
                    Utf8Text key = Text(random);
                    if (!counts.TryGet(key.Span, out _)) counts.Add(key, Number(random));
                }
                break;
            default:
                property.SetValue(record, Value(property, random));
                break;
        }
    }

    private static void FillArray<T>(AvroRecordArray<T> array, Random random)
        where T : class, IAvroRecord, IEquatable<T>, new()
    {
        for (int i = random.Next(3); i > 0; i--)
        {
            T item = array.Add();
            foreach (PropertyInfo inner in typeof(T).GetProperties(BindingFlags.Instance | BindingFlags.Public)) Fill(item, inner, random);
        }
    }

    private static object? Value(PropertyInfo property, Random random)
    {
        Type type = property.PropertyType;
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            if (random.Next(2) == 0) return null;
            type = inner;
        }
        if (type.IsEnum) return Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length));
        if (type == typeof(Utf8Text)) return Text(random);
        if (type == typeof(bool)) return random.Next(2) == 0;
        if (type == typeof(int)) return (int)Number(random);
        // Times are drawn within the years that the JSON form can hold, so that a foreign reader's calendar can as well.
        bool time = property.Name.EndsWith("Time", StringComparison.Ordinal)
            || property.Name.StartsWith("Window", StringComparison.Ordinal);
        return time && property.Name != "ElapsedTime" ? random.NextInt64(LastTime) : Number(random);
    }

    // Every length of the variable-length encoding, both signs.
    private static long Number(Random random) => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);

    private static Utf8Text Text(Random random)
    {
        var text = new StringBuilder();
        for (int i = random.Next(6); i > 0; i--) text.Append(Runes[random.Next(Runes.Length)]);
        return Utf8Text.From(text.ToString());
    }

    private static readonly string[] Runes = ["a", "Z", "0", "-", "\"", "\\", "\n", "\0", "é", "Ω", "漢", "🙂", "fw1", "192.0.2.1"];
}
