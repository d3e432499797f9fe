namespace FlowStream.Schemas.Generator;

/// <summary>A schema says something that the generator does not turn into code. The message names the place.</summary>
internal sealed class SchemaException(string message) : Exception(message);
