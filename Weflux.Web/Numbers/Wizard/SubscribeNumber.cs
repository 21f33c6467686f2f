using System.Text.Json;
using System.Text.Json.Nodes;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Numbers.Checks;
using Weflux.Web.Operations;
using Weflux.Web.Security;

namespace Weflux.Web.Numbers.Wizard;

/// <summary>What came of it.</summary>
/// <param name="IsDone">Whether webhooks come here now.</param>
/// <param name="Words">What is the case.</param>
/// <param name="WayOut">What to do; null if there is nothing to do.</param>
public sealed record Outcome(bool IsDone, string Words, string? WayOut = null);

/// <summary>Tells the platform to send the number's webhooks here, so that nobody has to copy an address.</summary>
public sealed class SubscribeNumber(
    WefluxDatabase database, CloudApiClient cloudApi, SecretProtector protector, PublicAddress address, AuditLog audit, ConnectionSignals signals, TimeProvider time)
{
    private const string Object = "whatsapp_business_account";

    /// <returns>The outcome; null if there is no such number for the actor.</returns>
    public async Task<Outcome?> ExecuteAsync(Actor actor, long connectionId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageConnections) || await FindAsync(actor, connectionId, cancellationToken) is not { } number)
        {
            return null;
        }

        if (number.Connection.Kind == ConnectionKind.CloudApi && Unreachable() is { } unreachable)
        {
            return unreachable;
        }

        var subject = number.Subject(protector, address);
        try
        {
            await SubscribeAccountAsync(number, subject, cancellationToken);
            var outcome = await SubscribeFieldsAsync(number, subject, cancellationToken);
            await RecordAsync(actor, number, cancellationToken);
            signals.Ask(connectionId);
            return outcome;
        }
        catch (CloudApiException exception)
        {
            return Refused(exception);
        }
    }

    private async Task<StoredNumber?> FindAsync(Actor actor, long connectionId, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        return await StoredNumber.FindAsync(db, connectionId, cancellationToken) is { Connection.DisconnectedAt: null } number ? number : null;
    }

    private Outcome? Unreachable() => address is { IsHttps: true, Uri.IsLoopback: false }
        ? null
        : new Outcome(
            IsDone: false,
            $"Meta calls only public https addresses, and this Weflux is known as {address.Origin}.",
            "Set Weflux:PublicAddress to the https address under which the internet reaches it, and start it again. To try it from your own machine, open a tunnel first, such as “cloudflared tunnel --url http://localhost:5080”, and set the address that it prints.");

    private Task SubscribeAccountAsync(StoredNumber number, CheckSubject subject, CancellationToken cancellationToken) => cloudApi.AskAsync(
        subject.ByToken,
        HttpMethod.Post,
        $"{subject.WabaId}/subscribed_apps",
        new JsonObject { ["override_callback_uri"] = subject.Callback!.ToString(), ["verify_token"] = number.VerifyToken(protector) },
        cancellationToken);

    /// <summary>The fields are the app's. An address that somebody else's program uses is left alone.</summary>
    private async Task<Outcome> SubscribeFieldsAsync(StoredNumber number, CheckSubject subject, CancellationToken cancellationToken)
    {
        if (subject.ByApp is not { } app)
        {
            return new Outcome(IsDone: true, "The account sends its messages here. Which fields the Meta app is subscribed to is not known.", "Enter the Meta app id by connecting the number again.");
        }

        var told = (await cloudApi.AskAsync(app, HttpMethod.Get, $"{subject.AppId}/subscriptions", null, cancellationToken)).Body;
        var known = told.Array("data").FirstOrDefault(s => string.Equals(s.Text("object"), Object, StringComparison.Ordinal));
        if (known.ValueKind == JsonValueKind.Object && known.Text("callback_url") is { } other && !string.Equals(other, subject.Callback!.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            return known.Array("fields").Any(f => string.Equals(f.Text("name"), "messages", StringComparison.Ordinal))
                ? new Outcome(IsDone: true, "The account sends its messages here. The app's own address was left as it is, because another program uses it.")
                : new Outcome(
                    IsDone: false,
                    "The Meta app sends its webhooks to another program, and is not subscribed to the field “messages”.",
                    "Open developers.facebook.com > My Apps > your app > WhatsApp > Configuration, and subscribe to the field “messages” there.");
        }

        await cloudApi.AskAsync(
            app,
            HttpMethod.Post,
            $"{subject.AppId}/subscriptions",
            new JsonObject
            {
                ["object"] = Object,
                ["callback_url"] = subject.Callback!.ToString(),
                ["verify_token"] = number.VerifyToken(protector),
                ["fields"] = string.Join(',', WebhookChecks.Wanted),
            },
            cancellationToken);
        return new Outcome(IsDone: true, "Meta sends the webhooks of this number here now.");
    }

    private Outcome Refused(CloudApiException exception) => exception.Fault switch
    {
        { Code: GraphTrouble.CallbackRefused } fault => new Outcome(
            IsDone: false,
            $"Meta could not reach this Weflux: {How(fault.Title)}",
            Unreachable()?.WayOut ?? $"Open {address.Origin}/health/live from a phone that is not in your network. If it does not answer, the proxy or the firewall is in the way."),
        _ when GraphTrouble.Silence(exception) is { } silence => new Outcome(IsDone: false, silence),
        _ when GraphTrouble.IsInvalidToken(exception) => new Outcome(IsDone: false, "Meta does not accept the token any more.", "Change the token below."),
        _ => new Outcome(IsDone: false, $"Meta refused: {GraphTrouble.Words(exception)}", "Check everything again above; the line that is red says what to do."),
    };

    /// <summary>What stands behind the colon of the platform's sentence.</summary>
    private static string How(string title) => title[(title.LastIndexOf(": ", StringComparison.Ordinal) is var at and > 0 ? at + 2 : 0)..];

    private Task RecordAsync(Actor actor, StoredNumber number, CancellationToken cancellationToken) => database.WriteAsync(
        actor.Workspace,
        async db =>
        {
            var id = number.Connection.Id;
            db.Add(new ConnectionEvent { WorkspaceId = actor.Workspace, ConnectionId = id, At = time.GetUtcNow(), Words = "Meta was told to send webhooks here." });
            await audit.AddAsync(
                db, actor, AuditActions.NumberSubscribed, AuditFacts.Made(number.Connection.DisplayPhoneNumber, ("Address", StoredNumber.Callback(address, number.App).ToString())), cancellationToken);
        },
        cancellationToken);
}
