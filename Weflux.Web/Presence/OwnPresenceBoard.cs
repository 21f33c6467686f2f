namespace Weflux.Web.Presence;

/// <summary>One's own presence, for what shows it on this page. <see cref="PresenceHere"/> keeps it up to date.</summary>
public sealed class OwnPresenceBoard
{
    /// <summary>It was read again.</summary>
    public event EventHandler? Changed;

    /// <summary>Null as long as it is not known.</summary>
    public OwnPresence? Own { get; private set; }

    internal void Show(OwnPresence? own)
    {
        if (own != Own)
        {
            Own = own;
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }
}
