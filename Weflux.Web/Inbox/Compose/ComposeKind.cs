namespace Weflux.Web.Inbox.Compose;

/// <summary>What can be put together in a small form.</summary>
public enum ComposeKind
{
    Location,
    ContactCard,
    Buttons,
    List,
    Link,
    LocationRequest,
    Products,
}

/// <summary>How the kinds are called.</summary>
public static class ComposeKinds
{
    public static IReadOnlyList<ComposeKind> All(bool hasCatalog) =>
        [.. Enum.GetValues<ComposeKind>().Where(kind => hasCatalog || kind != ComposeKind.Products)];

    public static string Name(this ComposeKind kind) => kind switch
    {
        ComposeKind.Location => "Location",
        ComposeKind.ContactCard => "Contact card",
        ComposeKind.Buttons => "Buttons",
        ComposeKind.List => "List",
        ComposeKind.Link => "Link button",
        ComposeKind.LocationRequest => "Ask for location",
        _ => "Products",
    };

    /// <summary>The kind of message whose icon stands for it.</summary>
    public static string Icon(this ComposeKind kind) => kind switch
    {
        ComposeKind.Location or ComposeKind.LocationRequest => "location",
        ComposeKind.ContactCard => "contacts",
        ComposeKind.List => "template",
        ComposeKind.Products => "order",
        _ => "interactive",
    };
}
