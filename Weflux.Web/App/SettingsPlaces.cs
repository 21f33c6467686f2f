using Weflux.Domain.Team;

namespace Weflux.Web.App;

/// <summary>A page of the settings.</summary>
/// <param name="Path">Its address below <c>/w/{workspace}/settings/</c>.</param>
/// <param name="Name">Its name in the menu.</param>
/// <param name="Needs">What one must be allowed to do to see it.</param>
public sealed record SettingsPlace(string Path, string Name, Permission Needs);

/// <summary>The menu of the settings, in its order.</summary>
public static class SettingsPlaces
{
    public static IReadOnlyList<SettingsPlace> All { get; } =
    [
        new("general", "General", Permission.ManageWorkspace),
        new("people", "People", Permission.ManagePeople),
        new("teams", "Teams", Permission.ArrangeTeams),
        new("assignment", "Automatic assignment", Permission.ArrangeTeams),
        new("numbers", "Numbers", Permission.ManageConnections),
        new("sending", "Sending", Permission.ManageConnections),
        new("labels", "Labels", Permission.EditLabels),
        new("replies", "Replies", Permission.WorkConversations),
        new("templates", "Templates", Permission.EditTemplates),
        new("contact-fields", "Contact fields", Permission.CurateContacts),
        new("api-keys", "API keys", Permission.ManageApiKeys),
        new("webhooks", "Webhooks", Permission.ManageWebhooks),
        new("billing", "Billing", Permission.ManageWorkspace),
        new("audit", "Audit log", Permission.ReadAuditLog),
    ];

    /// <summary>What the actor may see of it.</summary>
    public static IReadOnlyList<SettingsPlace> For(Actor actor) => [.. All.Where(p => actor.May(p.Needs))];
}
