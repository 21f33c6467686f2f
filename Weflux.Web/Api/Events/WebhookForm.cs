namespace Weflux.Web.Api.Events;

/// <summary>What stands in the form of a webhook.</summary>
public sealed class WebhookForm
{
    public string? Name { get; set; } = "";

    public string? Address { get; set; } = "";

    public HashSet<string> Types { get; } = new(StringComparer.Ordinal);

    public bool HasText { get; set; }

    public bool HasNumbers { get; set; }

    public EventEndpointInput Input => new(Name, Address, Types, HasText, HasNumbers);

    public static WebhookForm Of(EventEndpointView view)
    {
        var form = new WebhookForm { Name = view.Name, Address = view.Address, HasText = view.HasText, HasNumbers = view.HasNumbers };
        form.Types.UnionWith(view.Types);
        return form;
    }
}

/// <summary>What pages say of webhooks.</summary>
internal static class WebhookWords
{
    public static string State(EventEndpointView view, DateTimeOffset now) => view switch
    {
        { State: EventEndpointState.Off } => "Off",
        { State: EventEndpointState.GivenUp } => "Switched off by Weflux",
        _ when view.IsFailing(now) => "Failing",
        { TookAt: null } => "Waiting for its first event",
        _ => "Working",
    };

    public static string Kind(EventEndpointView view, DateTimeOffset now) => view switch
    {
        { State: EventEndpointState.Off } => "is-off",
        { State: EventEndpointState.GivenUp } => "is-bad",
        _ when view.IsFailing(now) => "is-bad",
        { TookAt: null } => "is-waiting",
        _ => "is-good",
    };

    public static string Count(int count) => count >= EventEndpointsQuery.MostCounted
        ? "999+"
        : count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static string State(EventDeliveryState state) => state switch
    {
        EventDeliveryState.Waiting => "Waiting",
        EventDeliveryState.Taken => "Taken",
        _ => "Failed",
    };
}
