namespace FlowStream.Parsing.DeviceText;

/// <summary>Reads the sessions of one listing, line by line, into a <see cref="SessionDraft"/>.</summary>
internal interface IListingReader
{
    /// <summary>True when <paramref name="line"/> is the first of a session. It changes nothing.</summary>
    bool Begins(in TextLine line);

    /// <summary>Begins a session with <paramref name="line"/>, which <see cref="Begins"/>.</summary>
    void Begin(in TextLine line);

    /// <summary>Reads a further line of the session that has begun.</summary>
    /// <returns>False when the line does not belong to it.</returns>
    bool Continue(in TextLine line);

    /// <summary>Ends the session that has begun.</summary>
    void End();
}
