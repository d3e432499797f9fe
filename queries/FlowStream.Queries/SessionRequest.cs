using System.Globalization;
using System.Text;
using FlowStream.Parsing;
using FlowStream.Sessions.Table;

namespace FlowStream.Queries;

/// <summary>Which sessions are asked for, and at most how many.</summary>
public sealed record SessionRequest
{
    /// <summary>Name of the parameter that bounds the answer.</summary>
    public const string LimitName = "limit";

    /// <summary>Name of the parameter that asks for sessions that have ended and are remembered, too.</summary>
    public const string RememberedName = "remembered";

    /// <summary>Sessions in an answer when nothing is said: a few screens for people.</summary>
    public const long DefaultLimit = 1000;

    /// <summary>
    /// Most sessions in an answer: more than the largest firewalls hold. An answer is streamed, so its length takes no memory.
    /// </summary>
    public const long MaxLimit = 100_000_000;

    /// <summary>Which.</summary>
    public SessionFilter Filter { get; init; } = new();

    /// <summary>How many.</summary>
    public long Limit { get; init; } = DefaultLimit;

    /// <summary>Reads the names and values of a request.</summary>
    /// <param name="parameters">Each name with its value.</param>
    /// <param name="request">The request.</param>
    /// <param name="error">A line that says which parameter is wrong, and what is right.</param>
    /// <returns>False when a name is unknown or comes twice, or a value is none.</returns>
    public static bool TryParse(IEnumerable<KeyValuePair<string, string>> parameters, out SessionRequest request, out string error)
    {
        request = new SessionRequest();
        error = "";
        const int MaxLength = FilterParameters.MaxValueLength;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, string value) in parameters)
        {
            if (!seen.Add(name)) error = $"{Shown(name)} is given twice";
            else if (value.Length > MaxLength) error = $"the value of {Shown(name)} is longer than {MaxLength} characters";
            else error = Apply(ref request, name, value);
            if (error.Length > 0) return false;
        }
        return true;
    }

    private static string Apply(ref SessionRequest request, string name, string value)
    {
        if (name == LimitName)
        {
            bool isNumber = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long limit);
            if (!isNumber || limit is < 1 or > MaxLimit) return $"{Shown(value)} is no {LimitName}: 1 to {MaxLimit} is";
            request = request with { Limit = limit };
            return "";
        }
        if (name == RememberedName)
        {
            if (!bool.TryParse(value, out bool remembered)) return $"{Shown(value)} is no value of {RememberedName}: true and false are";
            request = request with { Filter = request.Filter with { Remembered = remembered } };
            return "";
        }
        if (FilterParameters.All.FirstOrDefault(one => one.Name == name) is not { } parameter)
        {
            IEnumerable<string> known = FilterParameters.All.Select(one => one.Name).Append(LimitName).Append(RememberedName);
            return $"there is no filter {Shown(name)}: {string.Join(", ", known)} are";
        }
        if (parameter.TrySet(request.Filter, value) is not { } filter) return $"{Shown(value)} is no {name}. {parameter.Meaning}";
        request = request with { Filter = filter };
        return "";
    }

    // What a stranger sent, cut and escaped.
    private static string Shown(string text) => PrintableText.Of(Encoding.UTF8.GetBytes(text.Length > 64 ? text[..64] : text));
}
