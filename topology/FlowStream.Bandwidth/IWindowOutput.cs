using FlowStream.Schemas;

namespace FlowStream.Bandwidth;

/// <summary>Receives the windows that a commit emits. What is passed is valid only during the call.</summary>
public interface IWindowOutput
{
    /// <summary>A window, in place of the one emitted before under the same key.</summary>
    void Window(BandwidthWindow window);
}
