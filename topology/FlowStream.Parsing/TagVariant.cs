namespace FlowStream.Parsing;

/// <summary>The form of a Junos tag: one event is logged under the plain name, or under it and a suffix.</summary>
public enum TagVariant : byte
{
    /// <summary>The plain name.</summary>
    Plain,

    /// <summary><c>_LS</c>: logged by a logical system; the same event may come under the plain name as well.</summary>
    LogicalSystem,

    /// <summary><c>_USF</c>: logged by the Next Gen Services of an MX-SPC3 card.</summary>
    Services,
}
