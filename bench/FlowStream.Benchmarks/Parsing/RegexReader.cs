using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace FlowStream.Benchmarks.Parsing;

/// <summary>
/// The baseline: lines read with a compiled regular expression that has a named group for each field. It knows the order of the fields and
/// the kind of line beforehand, which the parser does not; numbers, addresses and the time are converted, texts are left where they are.
/// </summary>
internal sealed class RegexReader
{
    private readonly Regex _regex;
    private readonly Func<ReadOnlySpan<char>, long>[] _converters;

    /// <summary>Compiles the expression of <paramref name="set"/>.</summary>
    /// <exception cref="ArgumentException">It does not read the lines, or not all of their fields.</exception>
    public RegexReader(LineSet set)
    {
        _regex = new Regex(
            set.Pattern, RegexOptions.Compiled | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace);
        Match[] matches = [.. set.Lines.Select(line => _regex.Match(Encoding.UTF8.GetString(line)))];
        int groups = _regex.GetGroupNumbers().Length - 1;
        if (groups < set.Fields || matches.Any(match => !match.Success))
            throw new ArgumentException($"The regular expression does not read {set.Name}.", nameof(set));
        _converters = [.. Enumerable.Range(1, groups).Select(g => Converter([.. matches.Select(match => match.Groups[g].Value)]))];
    }

    /// <summary>Reads a line and returns a number that depends on all of it, so that nothing of the work is left out.</summary>
    public long Read(byte[] line)
    {
        Match match = _regex.Match(Encoding.UTF8.GetString(line));
        long sum = 0;
        for (int i = 0; i < _converters.Length; i++) sum += _converters[i](match.Groups[i + 1].ValueSpan);
        return sum;
    }

    // What a field is shows in its values.
    private static Func<ReadOnlySpan<char>, long> Converter(string[] values)
    {
        if (values.All(value => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))) return Number;
        if (values.All(value => value.AsSpan().ContainsAny('.', ':') && IPAddress.TryParse(value, out _))) return Address;
        return values.All(value => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out _)) ? Time : Text;
    }

    private static long Number(ReadOnlySpan<char> value) => long.Parse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static long Address(ReadOnlySpan<char> value) => (long)IPAddress.Parse(value).AddressFamily;

    private static long Time(ReadOnlySpan<char> value) => DateTimeOffset.Parse(value, CultureInfo.InvariantCulture).Ticks;

    private static long Text(ReadOnlySpan<char> value) => value.Length;
}
