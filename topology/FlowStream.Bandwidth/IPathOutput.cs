using FlowStream.Schemas;

namespace FlowStream.Bandwidth;

/// <summary>Receives the windows of paths that a commit emits. What is passed is valid only during the call.</summary>
public interface IPathOutput
{
    /// <summary>What was measured of a path in a window, in place of the one emitted before.</summary>
    void Path(PathQuality window);
}
