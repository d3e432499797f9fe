namespace FlowStream.Sessions.Lifecycle;

/// <summary>One line of the table of <see cref="Lives"/>.</summary>
/// <param name="State">Where the session is.</param>
/// <param name="Event">What happens.</param>
/// <param name="Next">Where it is then.</param>
/// <param name="Effects">What is done.</param>
internal readonly record struct LifeStep(LifeState State, LifeEvent Event, LifeState Next, LifeEffects Effects = LifeEffects.None)
{
    /// <summary>True when <paramref name="effect"/> is among the effects.</summary>
    public bool Has(LifeEffects effect) => (Effects & effect) != 0;
}
