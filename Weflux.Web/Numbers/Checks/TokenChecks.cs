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
    private const int ExpiredToken = 463;

    public const string NewTokenWay =
        "In Meta Business settings, open Users > System users, choose the system user, press Generate token, choose the app, Never for the expiry, and both WhatsApp permissions. Then enter the new token here.";

    private const string SecretWay =
        "Copy it again: developers.facebook.com > My Apps > your app > App settings > Basic > App secret > Show. Make sure that it is the same app whose id stands here.";

    private static readonly CheckKind[] AfterToken = [CheckKind.Expiry, CheckKind.Scopes, CheckKind.App];

    public async Task<(IReadOnlyList<CheckLine> Lines, DateTimeOffset? ExpiresAt)> LookAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        var lines = new List<CheckLine>();
        var path = $"debug_token?input_token={Uri.EscapeDataString(subject.Token)}";
        JsonElement? told = null;
        if (subject.ByApp is { } app)
        {
            try
            {
                told = (await cloudApi.AskAsync(app, HttpMethod.Get, path, null, cancellationToken)).Body.Object("data");
                lines.Add(CheckLine.Good(CheckKind.Secret, "The app secret belongs to the app."));
            }
            catch (CloudApiException exception) when (GraphTrouble.Silence(exception) is { } silence)
            {
                return ([.. new[] { CheckKind.Token, CheckKind.Secret }.Concat(AfterToken).Select(k => CheckLine.Skip(k, silence))], null);
            }
            catch (CloudApiException)
            {
                lines.Add(CheckLine.Bad(CheckKind.Secret, "The app secret does not match the Meta app id.", SecretWay));
            }
        }

        try
        {
            told ??= (await cloudApi.AskAsync(subject.ByToken, HttpMethod.Get, path, null, cancellationToken)).Body.Object("data");
        }
        catch (CloudApiException exception)
        {
            var line = Refused(exception);
            return ([line, .. lines, .. AfterToken.Select(k => CheckLine.Skip(k, "Not known until the token works."))], null);
        }

        return Read(subject, told, lines);
    }

    private (IReadOnlyList<CheckLine> Lines, DateTimeOffset? ExpiresAt) Read(CheckSubject subject, JsonElement? told, List<CheckLine> lines)
    {
        if (told is not { } data)
        {
            return ([CheckLine.Skip(CheckKind.Token, "Meta's answer about the token could not be read."), .. lines], null);
        }

        var expiresAt = data.Time("expires_at");
        if (!data.Flag("is_valid"))
        {
            var error = data.Object("error");
            var isExpired = error?.Integer("subcode") == ExpiredToken || (expiresAt is { } end && end <= time.GetUtcNow());
            var line = isExpired ? Expired() : GraphTrouble.IsUnreadable(error?.Text("message")) ? Unreadable() : Revoked();
            return ([line, .. lines, .. AfterToken.Select(k => CheckLine.Skip(k, "Not known until the token works."))], expiresAt);
        }

        lines.Insert(0, CheckLine.Good(CheckKind.Token, "Meta accepts the token."));
        lines.Add(Expiry(expiresAt));
        lines.Add(Scopes([.. data.Array("scopes").Select(s => s.ToString())]));
        if (data.Text("app_id") is { } appId && subject.AppId is { Length: > 0 } expected)
        {
            lines.Add(string.Equals(appId, expected, StringComparison.Ordinal)
                ? CheckLine.Good(CheckKind.App, "The token was made for this Meta app.")
                : CheckLine.Bad(CheckKind.App, $"The token was made for another Meta app ({appId}), not for {expected}.", $"Enter {appId} as the Meta app id together with the secret of that app, or generate a token for the app {expected}."));
        }

        return (lines, expiresAt);
    }

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
