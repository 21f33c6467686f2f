using System.Globalization;
using Weflux.Web.Connections;

namespace Weflux.Web.Numbers.Checks;

/// <summary>What Weflux itself has seen of a number.</summary>
internal static class OwnChecks
{
    private const string SecretWay =
        "Enter the app secret again (“Change app secret” below). It is the secret of the Meta app that sends the webhooks: App settings > Basic.";

    public static CheckLine Signature(SignatureCount? count) => count switch
    {
        null or { Good: 0, Old: 0, Bad: 0 } => CheckLine.Skip(CheckKind.Signature, "No webhook has come in since the secret was entered."),
        { Good: 0, Old: 0 } => CheckLine.Bad(
            CheckKind.Signature, $"The app secret does not match: {Times(count.Bad)} came in and none was signed with it.", SecretWay),
        { IsRefusing: true } => CheckLine.Bad(
            CheckKind.Signature, $"The app secret does not match any more: the last webhook was not signed with it ({Counts(count)}).", SecretWay),
        { LastOldAt: { } old } when old > (count.LastGoodAt ?? DateTimeOffset.MinValue) => CheckLine.Warn(
            CheckKind.Signature, $"Meta still signs with the old app secret ({Counts(count)}).", "Reset the secret at Meta, or enter the old one again before it ceases to count."),
        _ => CheckLine.Good(CheckKind.Signature, $"Webhooks are signed with the app secret ({Counts(count)})."),
    };

    public static CheckLine LastWebhook(DateTimeOffset? heardAt, bool isProved, DateTimeOffset now) => heardAt switch
    {
        null when !isProved => CheckLine.Skip(CheckKind.LastWebhook, "No customer's message has come through yet. Send one from a phone."),
        null => CheckLine.Skip(CheckKind.LastWebhook, "No customer's message has come through yet."),
        { } at when now - at > TimeSpan.FromDays(7) => CheckLine.Warn(
            CheckKind.LastWebhook,
            string.Create(CultureInfo.InvariantCulture, $"The last customer's message came {(now - at).TotalDays:0} days ago."),
            "If that surprises you, send a message from a phone and see whether it arrives."),
        { } at => CheckLine.Good(CheckKind.LastWebhook, $"The last customer's message came {Ago(now - at)}."),
    };

    public static string Ago(TimeSpan past) => past.TotalSeconds < 2 ? "just now"
        : past.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{past.TotalSeconds:0} s ago")
        : past.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{past.TotalMinutes:0} min ago")
        : past.TotalDays < 2 ? string.Create(CultureInfo.InvariantCulture, $"{past.TotalHours:0} h ago")
        : string.Create(CultureInfo.InvariantCulture, $"{past.TotalDays:0} days ago");

    private static string Counts(SignatureCount c) => string.Create(
        CultureInfo.InvariantCulture, $"{c.Good:N0} good, {(c.Old > 0 ? $"{c.Old:N0} with the old secret, " : "")}{c.Bad:N0} refused");

    private static string Times(long count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} webhook{(count == 1 ? "" : "s")}");
}
