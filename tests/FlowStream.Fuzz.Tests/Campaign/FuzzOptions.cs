using System.Globalization;
using System.IO.Enumeration;

namespace FlowStream.Fuzz.Tests.Campaign;

/// <summary>What <c>make fuzz</c> runs.</summary>
/// <param name="Seconds">Seconds for each target, or null for ten minutes for each format of the parser and one for the others.</param>
/// <param name="Targets">Which targets, with <c>*</c> for any text.</param>
/// <param name="Jobs">How many at once.</param>
internal sealed record FuzzOptions(double? Seconds, string Targets, int Jobs)
{
    /// <summary>How they are given.</summary>
    public const string Usage = "[--seconds N] [--targets PATTERN] [--jobs N]";

    private const double FormatSeconds = 600, OtherSeconds = 60;
    private const string Formats = "parser-*";

    /// <summary>Reads arguments; null when they make no sense.</summary>
    public static FuzzOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new FuzzOptions(null, "*", Environment.ProcessorCount);
        if (arguments.Count % 2 != 0) return null;
        for (int i = 0; i < arguments.Count; i += 2)
        {
            string value = arguments[i + 1];
            bool isNumber = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
            switch (arguments[i])
            {
                case "--seconds" when isNumber:
                    options = options with { Seconds = number };
                    break;
                case "--targets":
                    options = options with { Targets = value };
                    break;
                case "--jobs" when isNumber && number >= 1:
                    options = options with { Jobs = (int)number };
                    break;
                default:
                    return null;
            }
        }
        return options;
    }

    /// <summary>True when a target is to be run.</summary>
    public bool Takes(string target) => FileSystemName.MatchesSimpleExpression(Targets, target);

    /// <summary>How long a target runs.</summary>
    public TimeSpan Duration(string target) => TimeSpan.FromSeconds(
        Seconds ?? (IsFormat(target) ? FormatSeconds : OtherSeconds));

    /// <summary>True for the formats of the parser.</summary>
    public static bool IsFormat(string target) => FileSystemName.MatchesSimpleExpression(Formats, target);
}
