using System.Text.Json;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;

namespace Weflux.Web.Numbers.Checks;

/// <summary>Whether the platform's webhooks come here.</summary>
internal sealed class WebhookChecks(CloudApiClient cloudApi)
{
    /// <summary>What Weflux wants to hear of.</summary>
    public static readonly IReadOnlyList<string> Wanted =
    [
        "messages", "message_template_status_update", "message_template_quality_update", "template_category_update", "phone_number_quality_update",
        "phone_number_name_update", "account_update", "account_alerts", "account_review_update", "business_capability_update", "security",
        "user_preferences",
    ];

    /// <summary>Heard where Meta offers them. Nothing is missed without: a new user id comes as a system message too.</summary>
    public static readonly IReadOnlyList<string> Optional = ["user_id_update"];

    private const string Object = "whatsapp_business_account";
    private const string SetUpWay = "Press “Set up webhooks” above and Weflux does it.";

    public async Task<CheckLine> SubscriptionAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        if (subject.AppId is not { Length: > 0 })
        {
            return CheckLine.Skip(CheckKind.Subscription, "Not known until the Meta app id is entered.");
        }

        try
        {
            var body = (await cloudApi.AskAsync(subject.ByToken, HttpMethod.Get, $"{subject.WabaId}/subscribed_apps", null, cancellationToken)).Body;
            return body.Array("data").Any(a => string.Equals(a.Object("whatsapp_business_api_data")?.Text("id"), subject.AppId, StringComparison.Ordinal))
                ? CheckLine.Good(CheckKind.Subscription, "The Meta app is subscribed to the WhatsApp account.")
                : CheckLine.Bad(CheckKind.Subscription, "The Meta app is not subscribed to the WhatsApp account, so no message comes in.", SetUpWay);
        }
        catch (CloudApiException exception)
        {
            return CheckLine.Skip(CheckKind.Subscription, GraphTrouble.WhyUnknown(exception));
        }
    }

    public async Task<CheckLine> FieldsAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        if (subject.ByApp is not { } app)
        {
            return CheckLine.Skip(CheckKind.Fields, "Not known until the Meta app id and its secret are entered.");
        }

        try
        {
            var body = (await cloudApi.AskAsync(app, HttpMethod.Get, $"{subject.AppId}/subscriptions", null, cancellationToken)).Body;
            return Fields(body.Array("data").FirstOrDefault(s => string.Equals(s.Text("object"), Object, StringComparison.Ordinal)));
        }
        catch (CloudApiException exception)
        {
            return CheckLine.Skip(CheckKind.Fields, GraphTrouble.WhyUnknown(exception));
        }
    }

    /// <summary>Whether messages go to our address, and the news of the account as well.</summary>
    public static CheckLine Callback(CheckSubject subject, JsonElement? number)
    {
        if (subject.Callback is not { } ours || number?.Object("webhook_configuration") is not { } configuration)
        {
            return CheckLine.Skip(CheckKind.Callback, "Meta does not say where it sends webhooks.");
        }

        var application = configuration.Text("application");
        var actual = configuration.Text("phone_number") ?? configuration.Text("whatsapp_business_account") ?? application;
        if (actual is null)
        {
            return CheckLine.Bad(CheckKind.Callback, $"Meta has no address to send messages to. It should be {ours}", SetUpWay);
        }

        if (!IsSame(actual, ours))
        {
            return CheckLine.Bad(CheckKind.Callback, $"Meta sends messages to {actual}, but this number expects them at {ours}", SetUpWay);
        }

        return application is not null && !IsSame(application, ours)
            ? CheckLine.Warn(
                CheckKind.Callback,
                $"Messages come here. News about templates, quality and the account go to {application}",
                "Meta sends those to the app's own address only. Change it in developers.facebook.com > My Apps > your app > WhatsApp > Configuration if Weflux should hear them.")
            : CheckLine.Good(CheckKind.Callback, $"Meta sends webhooks to {ours}");
    }

    private static CheckLine Fields(JsonElement subscription)
    {
        var fields = subscription.Array("fields").Select(f => f.ValueKind == JsonValueKind.Object ? f.Text("name") : f.ToString()).ToList();
        if (!fields.Contains("messages", StringComparer.Ordinal))
        {
            return CheckLine.Bad(CheckKind.Fields, "The Meta app is not subscribed to the field “messages”, so no message comes in.", SetUpWay);
        }

        var missing = Wanted.Except(fields, StringComparer.Ordinal).ToList();
        return missing.Count == 0
            ? CheckLine.Good(CheckKind.Fields, "The Meta app is subscribed to all fields that Weflux reads.")
            : CheckLine.Warn(CheckKind.Fields, $"Weflux does not hear of: {string.Join(", ", missing)}.", SetUpWay);
    }

    public static bool IsSame(string actual, Uri ours) => string.Equals(actual.TrimEnd('/'), ours.ToString().TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
}
