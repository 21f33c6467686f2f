using System.Security.Cryptography;
using Weflux.Simulator.State;

namespace Weflux.Simulator.Graph.Accounts;

/// <summary>A pretend Meta app: the secret that signs its webhooks, and where they go unless an account says otherwise.</summary>
internal sealed record SimulatedApp(string AppId, string Secret, string? Callback, IReadOnlyList<string> Fields);

internal sealed class AppBook
{
    private const string Kind = "app";
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SimulatedApp> _apps = new(StringComparer.Ordinal);
    private readonly StateLog _log;

    public AppBook(SimulatorOptions options, StateLog log)
    {
        _log = log;
        var first = options.Numbers.DistinctBy(number => number.AppId).Select(number => new SimulatedApp(
            number.AppId, number.AppSecret, number.IsConnected ? PathOf(number.AppKey) : null, number.IsConnected ? WebhookFields.All : []));
        foreach (var app in first.Concat(log.Load<SimulatedApp>(Kind)))
        {
            _apps[app.AppId] = app;
        }
    }

    public SimulatedApp? Find(string appId)
    {
        lock (_gate)
        {
            return _apps.GetValueOrDefault(appId);
        }
    }

    public SimulatedApp Of(SimulatedNumber number) => Find(number.AppId)!;

    /// <summary>The app that an app token, <c>id|secret</c>, belongs to.</summary>
    public SimulatedApp? ByToken(string? token)
    {
        lock (_gate)
        {
            return _apps.Values.FirstOrDefault(app => token == $"{app.AppId}|{app.Secret}");
        }
    }

    public SimulatedApp ResetSecret(string appId, string? given) =>
        Change(appId, app => app with { Secret = given ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) });

    public SimulatedApp Subscribe(string appId, string callback, IReadOnlyList<string> fields) =>
        Change(appId, app => app with { Callback = callback, Fields = fields });

    private static string PathOf(string appKey) => $"/webhooks/whatsapp/{Uri.EscapeDataString(appKey)}";

    /// <summary>Of the app as it is now: what was read before may be old.</summary>
    private SimulatedApp Change(string appId, Func<SimulatedApp, SimulatedApp> change)
    {
        lock (_gate)
        {
            var app = _apps[appId] = change(_apps[appId]);
            _log.Put(Kind, appId, app);
            return app;
        }
    }
}

internal static class WebhookFields
{
    public static readonly IReadOnlyList<string> All =
    [
        "messages", "message_template_status_update", "message_template_quality_update", "message_template_components_update",
        "template_category_update", "phone_number_quality_update",
        "phone_number_name_update", "account_update", "account_alerts", "account_review_update", "business_capability_update", "security",
        "user_preferences", "user_id_update",
    ];
}
