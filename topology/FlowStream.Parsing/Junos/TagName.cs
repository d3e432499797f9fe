namespace FlowStream.Parsing.Junos;

/// <summary>One spelling of a tag.</summary>
/// <param name="Definition">What the tag means.</param>
/// <param name="Variant">Which form of the tag it is.</param>
/// <param name="Repairs">What is wrong with the spelling.</param>
internal sealed record TagName(TagDefinition Definition, TagVariant Variant, Repair Repairs);
