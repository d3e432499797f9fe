using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>Which versions of one API are served.</summary>
/// <param name="Key">The API.</param>
/// <param name="Min">The lowest version that is advertised.</param>
/// <param name="Max">The highest version that is advertised.</param>
/// <param name="FlexibleFrom">The first version with compact types and tagged fields (KIP-482), or <see cref="NeverFlexible"/>.</param>
internal readonly record struct ApiVersionRange(ApiKey Key, short Min, short Max, short FlexibleFrom)
{
    /// <summary>No served version is flexible.</summary>
    public const short NeverFlexible = short.MaxValue;

    /// <summary>Whether <paramref name="version"/> is advertised.</summary>
    public bool Contains(short version) => version >= Min && version <= Max;

    /// <summary>Whether <paramref name="version"/> uses compact types and tagged fields.</summary>
    public bool IsFlexible(short version) => version >= FlexibleFrom;
}
