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
using Weflux.Web.Webhooks;

namespace Weflux.Web.Numbers.Wizard;

/// <summary>Tells the platform to send the number's webhooks here, so that nobody has to copy an address.</summary>
public sealed class SubscribeNumber(
    WefluxDatabase database,
    CloudApiClient cloudApi,
    SecretProtector protector,
    PublicAddress address,
    AuditLog audit,
    MetaAppCatalog catalog,
    ConnectionSignals signals,
    TimeProvider time)
{
    private const string Object = "whatsapp_business_account";

    /// <returns>The outcome; null if there is no such number for the actor.</returns>
    public async Task<Outcome?> ExecuteAsync(Actor actor, long connectionId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageConnections)
            || await StoredNumber.FindUsableAsync(database, actor.Workspace, connectionId, cancellationToken) is not { } number)
        {
            return null;
        }

        if (number.Connection.Kind == ConnectionKind.CloudApi && Unreachable() is { } unreachable)
        {
            return unreachable;
        }

        var subject = number.Subject(protector, address);
        if (subject.Token is null)
        {
            return new Outcome(IsDone: false, "The token cannot be decrypted, so Meta cannot be told anything.", "Change the token below.");
        }

        var done = new List<string>();
        Outcome outcome;
        try
        {
            outcome = await TellAsync(actor, number, subject, done, cancellationToken);
        }
        catch (CloudApiException exception)
        {
            outcome = Refused(exception);
            outcome = done.Count == 0 ? outcome : outcome with { Words = $"{Half(done)} {outcome.Words}" };
        }

        if (done.Count > 0)
        {
            signals.Ask(connectionId);
            return await RecordAsync(actor, number, done, outcome, cancellationToken);
        }

        return outcome;
    }

    /// <summary>One thing after the other, each noted once the platform has accepted it.</summary>
    private async Task<Outcome> TellAsync(Actor actor, StoredNumber number, CheckSubject subject, List<string> done, CancellationToken cancellationToken)
    {
        var verify = number.VerifyToken(protector) ?? await RenewVerifyTokenAsync(actor, number, cancellationToken);
        await cloudApi.AskAsync(subject.ByToken, HttpMethod.Post, $"{subject.WabaId}/subscribed_apps", Override(subject, verify), cancellationToken);
        done.Add("the WhatsApp account sends its messages here");

        // An address of the number itself comes before the account's.
        if (await ElsewhereAsync(subject, cancellationToken) is not null)
        {
            await cloudApi.AskAsync(
                subject.ByToken, HttpMethod.Post, subject.PhoneNumberId, new JsonObject { ["webhook_configuration"] = Override(subject, verify) }, cancellationToken);
            done.Add("the number’s own address, which was another one, is this one");
            if (await ElsewhereAsync(subject, cancellationToken) is { } still)
            {
                return new Outcome(
                    IsDone: false,
                    $"Meta accepted the address and still sends the messages of this number to {still}",
                    "Check everything again in a minute. If the line “Address” stays red, remove the number’s own callback at whoever set it.");
            }
        }

        return await SubscribeFieldsAsync(subject, verify, done, cancellationToken);
    }

    private Outcome? Unreachable() => address is { IsHttps: true, Uri.IsLoopback: false }
        ? null
        : new Outcome(
            IsDone: false,
            $"Meta calls only public https addresses, and this Weflux is known as {address.Origin}.",
            "Set Weflux:PublicAddress to the https address under which the internet reaches it, and start it again. To try it from your own machine, open a tunnel first, such as “cloudflared tunnel --url http://localhost:5080”, and set the address that it prints.");

    private static JsonObject Override(CheckSubject subject, string verify) =>
        new() { ["override_callback_uri"] = subject.Callback!.ToString(), ["verify_token"] = verify };

    /// <summary>The address of its own that the number has, if it is not ours.</summary>
    private async Task<string?> ElsewhereAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        var told = (await cloudApi.AskAsync(subject.ByToken, HttpMethod.Get, $"{subject.PhoneNumberId}?fields=webhook_configuration", null, cancellationToken)).Body;
        return told.Object("webhook_configuration")?.Text("phone_number") is { Length: > 0 } own && !WebhookChecks.IsSame(own, subject.Callback!) ? own : null;
    }

    /// <summary>The fields are the app's. An address that somebody else's program uses is left alone.</summary>
    private async Task<Outcome> SubscribeFieldsAsync(CheckSubject subject, string verify, List<string> done, CancellationToken cancellationToken)
    {
        if (subject.ByApp is not { } app)
        {
            return new Outcome(
                IsDone: true,
                "The account sends its messages here. Which fields the Meta app is subscribed to is not known.",
                subject.AppId is null ? "Enter the Meta app id under Secrets." : "Change the app secret below: it cannot be decrypted.");
        }

        if (await FieldsOfAsync(app, subject, cancellationToken) is not { } told)
        {
            return new Outcome(
                IsDone: false,
                $"{Half(done)} Meta does not accept the app secret, so the fields of the Meta app could not be subscribed.",
                "Change the app secret below.");
        }

        var known = told.Array("data").FirstOrDefault(s => string.Equals(s.Text("object"), Object, StringComparison.Ordinal));
        if (known.ValueKind == JsonValueKind.Object && known.Text("callback_url") is { } other && !WebhookChecks.IsSame(other, subject.Callback!))
        {
            return known.Array("fields").Any(f => string.Equals(f.Text("name"), "messages", StringComparison.Ordinal))
                ? new Outcome(IsDone: true, "The account sends its messages here. The app's own address was left as it is, because another program uses it.")
                : new Outcome(
                    IsDone: false,
                    "The Meta app sends its webhooks to another program, and is not subscribed to the field “messages”.",
                    "Open developers.facebook.com > My Apps > your app > WhatsApp > Configuration, and subscribe to the field “messages” there.");
        }

        await SubscribeAsync(app, subject, verify, WebhookChecks.Wanted, cancellationToken);
        done.Add("the Meta app is subscribed to the fields");
        try
        {
            await SubscribeAsync(app, subject, verify, [.. WebhookChecks.Wanted, .. WebhookChecks.Optional], cancellationToken);
        }
        catch (CloudApiException exception) when (GraphTrouble.Silence(exception) is null)
        {
            // Not every app is offered these, and the others tell the same in another way.
        }

        return new Outcome(IsDone: true, "Meta sends the webhooks of this number here now.");
    }

    /// <summary>What the app is subscribed to; null if the app itself is not believed.</summary>
    private async Task<JsonElement?> FieldsOfAsync(GraphAccess app, CheckSubject subject, CancellationToken cancellationToken)
    {
        try
        {
            return (await cloudApi.AskAsync(app, HttpMethod.Get, $"{subject.AppId}/subscriptions", null, cancellationToken)).Body;
        }
        catch (CloudApiException exception) when (GraphTrouble.IsInvalidApp(exception))
        {
            return null;
        }
    }

    private Task SubscribeAsync(GraphAccess app, CheckSubject subject, string verify, IReadOnlyList<string> fields, CancellationToken cancellationToken) => cloudApi.AskAsync(
        app,
        HttpMethod.Post,
        $"{subject.AppId}/subscriptions",
        new JsonObject
        {
            ["object"] = Object,
            ["callback_url"] = subject.Callback!.ToString(),
            ["verify_token"] = verify,
            ["fields"] = string.Join(',', fields),
        },
        cancellationToken);

    private static string Half(List<string> done) => $"Only half of it is done: {string.Join(", and ", done)}.";

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

    /// <summary>One that cannot be decrypted is of no use to anybody, and nobody has to type the new one.</summary>
    private async Task<string> RenewVerifyTokenAsync(Actor actor, StoredNumber number, CancellationToken cancellationToken)
    {
        var renewed = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                var app = (await StoredNumber.FindAsync(db, number.Connection.Id, cancellationToken))!.App;
                if (StoredNumber.VerifyToken(protector, app) is null)
                {
                    app.VerifyToken = ReplaceSecret.NewVerifyToken(protector, app.AppKey);
                    await db.SaveChangesAsync(cancellationToken);
                }

                return StoredNumber.VerifyToken(protector, app)!;
            },
            cancellationToken);
        catalog.Forget();
        return renewed;
    }

    /// <summary>Puts on record what the platform was told, even if the rest was refused.</summary>
    private Task<Outcome> RecordAsync(Actor actor, StoredNumber before, List<string> done, Outcome outcome, CancellationToken cancellationToken) => database.WriteAsync(
        actor.Workspace,
        async db =>
        {
            await db.LockWorkspaceAsync(cancellationToken);
            var id = before.Connection.Id;
            if (await StoredNumber.FindAsync(db, id, cancellationToken) is not { } number)
            {
                return outcome;
            }

            db.Add(new ConnectionEvent
            {
                WorkspaceId = actor.Workspace,
                ConnectionId = id,
                At = time.GetUtcNow(),
                Words = outcome.IsDone ? "Meta was told to send webhooks here." : $"Meta was told to send webhooks here, and half of it was done: {string.Join(", and ", done)}.",
                IsTrouble = !outcome.IsDone,
            });
            await audit.AddAsync(
                db,
                actor,
                AuditActions.NumberSubscribed,
                AuditFacts.Made(
                    number.Connection.DisplayPhoneNumber,
                    ("Address", StoredNumber.Callback(address, number.App).ToString()),
                    ("Done", outcome.IsDone ? "all of it" : string.Join(", and ", done))),
                cancellationToken);
            return number.Connection.DisconnectedAt is null
                ? outcome
                : new Outcome(
                    IsDone: false,
                    "Somebody disconnected the number meanwhile, and Meta was told to send its messages here all the same.",
                    "Connect it again, or remove the app in WhatsApp Manager > Account tools > Webhooks.");
        },
        cancellationToken);
}
