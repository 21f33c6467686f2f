using System.Globalization;
using System.Text.Json;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;

namespace Weflux.Web.Numbers.Checks;

/// <summary>Whether the token works, for how long, what for, and whether app id and app secret belong to it.</summary>
internal sealed class TokenChecks(CloudApiClient cloudApi, TimeProvider time)
{
    private const string Messaging = "whatsapp_business_messaging";
    private const string Managing = "whatsapp_business_management";

    public const string NewTokenWay =
        "In Meta Business settings, open Users > System users, choose the system user, press Generate token, choose the app, Never for the expiry, and both WhatsApp permissions. Then enter the new token in Weflux.";

    private const string SecretWay =
        "Copy it again: developers.facebook.com > My Apps > your app > App settings > Basic > App secret > Show. Make sure that it is the app whose id was entered.";

    private const string LostWay = "Put the old key back into the ring of the server, or enter the token and the app secret again on the page of the number.";
    private const string Later = "Not known until the token works.";

    private static readonly CheckKind[] AfterToken = [CheckKind.Expiry, CheckKind.Scopes, CheckKind.App];

    public async Task<IReadOnlyList<CheckLine>> LookAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        var lines = new List<CheckLine>();
        if (subject.IsSecretLost)
        {
            lines.Add(LostSecret());
        }

        if (subject.Token is not { } token)
        {
            var lost = CheckLine.Bad(CheckKind.Token, "The token cannot be decrypted: the key that encrypted it is not in the key ring.", LostWay);
            return [lost, .. lines, .. AfterToken.Select(k => CheckLine.Skip(k, Later))];
        }

        var path = $"debug_token?input_token={Uri.EscapeDataString(token)}";
        JsonElement? told = null;
        var isOfAnotherApp = false;
        try
        {
            if (subject.ByApp is { } app)
            {
                (told, var secret, isOfAnotherApp) = await AskAppAsync(app, path, cancellationToken);
                lines.Add(secret);
            }

            told ??= (await cloudApi.AskAsync(subject.ByToken, HttpMethod.Get, path, null, cancellationToken)).Body.Object("data");
        }
        catch (CloudApiException exception) when (GraphTrouble.Silence(exception) is { } silence && lines.Count == 0)
        {
            return [.. new[] { CheckKind.Token, CheckKind.Secret }.Concat(AfterToken).Select(k => CheckLine.Skip(k, silence))];
        }
        catch (CloudApiException exception)
        {
            return [Refused(exception), .. lines, .. AfterToken.Select(k => CheckLine.Skip(k, Later))];
        }

        return Read(subject, told, lines, isOfAnotherApp);
    }

    /// <summary>What the app is told of the token, and whether the app itself was believed.</summary>
    private async Task<(JsonElement? Told, CheckLine Secret, bool IsOfAnotherApp)> AskAppAsync(GraphAccess app, string path, CancellationToken cancellationToken)
    {
        try
        {
            return ((await cloudApi.AskAsync(app, HttpMethod.Get, path, null, cancellationToken)).Body.Object("data"), RightSecret(), false);
        }
        catch (CloudApiException exception) when (GraphTrouble.Silence(exception) is null)
        {
            // Who is told that the token is not his has been believed.
            var isOfAnotherApp = GraphTrouble.IsOfAnotherApp(exception);
            return (null, isOfAnotherApp ? RightSecret() : WrongSecret(exception), isOfAnotherApp);
        }
    }

    /// <summary>Whether app id and app secret belong together, which can be asked before there is a token.</summary>
    public async Task<CheckLine> SecretAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        if (subject.IsSecretLost)
        {
            return LostSecret();
        }

        if (subject.ByApp is not { } app)
        {
            return CheckLine.Skip(CheckKind.Secret, "Not known until both the Meta app id and its secret are entered.");
        }

        try
        {
            await cloudApi.AskAsync(app, HttpMethod.Get, $"{subject.AppId}/subscriptions", null, cancellationToken);
            return RightSecret();
        }
        catch (CloudApiException exception)
        {
            return WrongSecret(exception);
        }
    }

    private static CheckLine LostSecret() =>
        CheckLine.Bad(CheckKind.Secret, "The app secret cannot be decrypted: the key that encrypted it is not in the key ring.", LostWay);

    private static CheckLine RightSecret() => CheckLine.Good(CheckKind.Secret, "The app secret belongs to the app.");

    private static CheckLine WrongSecret(CloudApiException exception) => GraphTrouble.IsInvalidApp(exception)
        ? CheckLine.Bad(CheckKind.Secret, "The app secret does not match the Meta app id.", SecretWay)
        : CheckLine.Skip(CheckKind.Secret, GraphTrouble.Words(exception));

    private List<CheckLine> Read(CheckSubject subject, JsonElement? told, List<CheckLine> lines, bool isOfAnotherApp)
    {
        if (told is not { } data)
        {
            return [CheckLine.Skip(CheckKind.Token, "Meta's answer about the token could not be read."), .. lines];
        }

        var expiresAt = data.Time("expires_at");
        if (!data.Flag("is_valid"))
        {
            var error = data.Object("error");
            var isExpired = error?.Integer("subcode") == GraphTrouble.ExpiredToken || (expiresAt is { } end && end <= time.GetUtcNow());
            var line = isExpired ? Expired() : GraphTrouble.IsUnreadable(error?.Text("message")) ? Unreadable() : Revoked();
            return [line, .. lines, .. AfterToken.Select(k => CheckLine.Skip(k, Later))];
        }

        lines.Insert(0, CheckLine.Good(CheckKind.Token, "Meta accepts the token."));
        lines.Add(Expiry(expiresAt));
        lines.Add(Scopes([.. data.Array("scopes").Select(s => s.ToString())]));
        lines.Add(App(subject.AppId, data.Text("app_id"), isOfAnotherApp));
        return lines;
    }

    private static CheckLine App(string? expected, string? appId, bool isOfAnotherApp) => expected is not { Length: > 0 }
        ? CheckLine.Skip(CheckKind.App, "Not known until the Meta app id is entered.")
        : appId is not null && !string.Equals(appId, expected, StringComparison.Ordinal)
            ? CheckLine.Bad(CheckKind.App, $"The token was made for another Meta app ({appId}), not for {expected}.", $"Enter {appId} as the Meta app id together with the secret of that app, or generate a token for the app {expected}.")
        : isOfAnotherApp
            ? CheckLine.Bad(CheckKind.App, $"The token was made for another Meta app, not for {expected}.", $"Enter the id and the secret of that app, or generate a token for the app {expected}.")
        : appId is null ? CheckLine.Skip(CheckKind.App, "Meta does not say which app the token was made for.")
        : CheckLine.Good(CheckKind.App, "The token was made for this Meta app.");

    private CheckLine Expiry(DateTimeOffset? expiresAt)
    {
        if (expiresAt is not { } end)
        {
            return CheckLine.Good(CheckKind.Expiry, "The token does not expire.");
        }

        var left = end - time.GetUtcNow();
        var date = end.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return left > TimeSpan.FromDays(14)
            ? CheckLine.Good(CheckKind.Expiry, $"The token is valid until {date}.")
            : CheckLine.Warn(CheckKind.Expiry, $"The token expires on {date}.", "Enter a token of a system user that never expires. " + NewTokenWay);
    }

    private static CheckLine Scopes(IReadOnlyList<string> scopes)
    {
        string[] needed = [Messaging, Managing];
        var missing = needed.Except(scopes, StringComparer.Ordinal).ToList();
        return missing.Count == 0
            ? CheckLine.Good(CheckKind.Scopes, "The token may send messages and manage the account.")
            : CheckLine.Bad(CheckKind.Scopes, $"The token lacks the permission {string.Join(" and ", missing)}.", "A token cannot be given more later. " + NewTokenWay);
    }

    private static CheckLine Refused(CloudApiException exception) =>
        GraphTrouble.Silence(exception) is { } silence ? CheckLine.Skip(CheckKind.Token, silence)
        : GraphTrouble.IsExpired(exception) ? Expired()
        : GraphTrouble.IsUnreadable(exception.Fault?.Title) ? Unreadable()
        : GraphTrouble.IsInvalidToken(exception) ? Revoked()
        : CheckLine.Bad(CheckKind.Token, GraphTrouble.Words(exception), NewTokenWay);

    private static CheckLine Expired() => CheckLine.Bad(CheckKind.Token, "The token has expired.", NewTokenWay);

    private static CheckLine Revoked() =>
        CheckLine.Bad(CheckKind.Token, "Meta does not accept the token any more: it was revoked, or the system user lost its access.", NewTokenWay);

    private static CheckLine Unreadable() =>
        CheckLine.Bad(CheckKind.Token, "This is not a token that Meta knows.", "Copy the token again, all of it: Meta shows it once, when it is generated. " + NewTokenWay);
}
