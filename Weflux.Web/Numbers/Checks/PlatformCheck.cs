using System.Globalization;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;

namespace Weflux.Web.Numbers.Checks;

/// <summary>Asks the platform everything that there is to know about a number, or only what one line needs.</summary>
public sealed class PlatformCheck(CloudApiClient cloudApi, TimeProvider time)
{
    private static readonly TimeSpan MostClockDifference = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan SlowTrip = TimeSpan.FromSeconds(3);

    /// <summary>What the platform is not asked about.</summary>
    private static readonly CheckKind[] OwnKinds = [CheckKind.Signature, CheckKind.LastWebhook];

    private static readonly CheckKind[] OfToken = [CheckKind.Token, CheckKind.Expiry, CheckKind.Scopes, CheckKind.App, CheckKind.Secret];

    private static readonly CheckKind[] OfAccount =
    [
        CheckKind.Account, CheckKind.Number, CheckKind.Name, CheckKind.Registration, CheckKind.Quality, CheckKind.Throughput, CheckKind.Limit,
        CheckKind.Verification, CheckKind.Callback,
    ];

    /// <summary>What is looked at while a number is being entered: it has no address yet.</summary>
    internal async Task<CheckReport> EntryAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        var token = await new TokenChecks(cloudApi, time).LookAsync(subject, cancellationToken);
        if (token.Any(l => l.Kind == CheckKind.Token && l.State != CheckState.Good))
        {
            return new CheckReport(token);
        }

        return subject is { WabaId.Length: 0 } or { PhoneNumberId.Length: 0 }
            ? new CheckReport(token)
            : await AccountAsync(subject, [.. token], withCallback: false, cancellationToken);
    }

    /// <summary>Whether app id and app secret belong together, which can be asked without a token.</summary>
    internal Task<CheckLine> SecretAsync(CheckSubject subject, CancellationToken cancellationToken) => new TokenChecks(cloudApi, time).SecretAsync(subject, cancellationToken);

    /// <summary>What is looked at once a number is connected.</summary>
    /// <param name="subject">The number.</param>
    /// <param name="only">The one line that is wanted; null for all.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    internal async Task<CheckReport> WholeAsync(CheckSubject subject, CheckKind? only, CancellationToken cancellationToken)
    {
        if (only == CheckKind.Secret)
        {
            return new CheckReport([await SecretAsync(subject, cancellationToken)]);
        }

        var lines = new List<CheckLine>();
        if (Wants(OfToken) || subject.Token is null)
        {
            var token = await new TokenChecks(cloudApi, time).LookAsync(subject, cancellationToken);
            lines.AddRange(token);

            // Who does not answer one question does not answer the next either, and somebody may be waiting.
            if (token[0] is { Kind: CheckKind.Token } first && (subject.Token is null || (only is null && first.State == CheckState.NotChecked)))
            {
                var words = subject.Token is null ? "Not known until there is a token that can be read." : first.Words;
                return new CheckReport([.. lines, .. Enum.GetValues<CheckKind>().Except(lines.Select(l => l.Kind)).Except(OwnKinds).Select(k => CheckLine.Skip(k, words))]);
            }
        }

        var report = Wants(OfAccount) ? await AccountAsync(subject, lines, withCallback: true, cancellationToken) : new CheckReport(lines);
        lines = [.. report.Lines];
        var webhooks = new WebhookChecks(cloudApi);
        if (Wants([CheckKind.Subscription]))
        {
            lines.Add(await webhooks.SubscriptionAsync(subject, cancellationToken));
        }

        if (Wants([CheckKind.Fields]))
        {
            lines.Add(await webhooks.FieldsAsync(subject, cancellationToken));
        }

        if (Wants([CheckKind.Clock, CheckKind.RoundTrip]))
        {
            lines.AddRange(await TripAsync(subject, cancellationToken));
        }

        return report with { Lines = lines };

        bool Wants(CheckKind[] group) => only is not { } kind || group.Contains(kind);
    }

    private async Task<CheckReport> AccountAsync(
        CheckSubject subject, List<CheckLine> lines, bool withCallback, CancellationToken cancellationToken)
    {
        var (account, number) = await new AccountChecks(cloudApi).LookAsync(subject, cancellationToken);
        lines.AddRange(account);
        if (withCallback)
        {
            lines.Add(WebhookChecks.Callback(subject, number));
        }

        return number is { } found
            ? new CheckReport(lines, NumberWords.Facts(found), found.Text("display_phone_number"), found.Text("verified_name"))
            : new CheckReport(lines);
    }

    private async Task<IReadOnlyList<CheckLine>> TripAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await cloudApi.AskAsync(subject.ByToken, HttpMethod.Get, $"{subject.PhoneNumberId}?fields=id", null, cancellationToken);
            return [Clock(reply), Trip(reply.Took)];
        }
        catch (CloudApiException exception)
        {
            var words = GraphTrouble.WhyUnknown(exception);
            return [CheckLine.Skip(CheckKind.Clock, words), CheckLine.Skip(CheckKind.RoundTrip, words)];
        }
    }

    private CheckLine Clock(GraphReply reply)
    {
        if (reply.ServerTime is not { } theirs)
        {
            return CheckLine.Skip(CheckKind.Clock, "Meta's answer does not tell the time.");
        }

        var difference = (time.GetUtcNow() - theirs).Duration();
        return difference <= MostClockDifference
            ? CheckLine.Good(CheckKind.Clock, "The clock of this server agrees with Meta's.")
            : CheckLine.Warn(
                CheckKind.Clock,
                string.Create(CultureInfo.InvariantCulture, $"The clock of this server differs from Meta's by {difference.TotalMinutes:0} minutes, so the 24-hour window is reckoned wrongly."),
                "Switch on time synchronisation (NTP) on the server.");
    }

    private static CheckLine Trip(TimeSpan took)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"Meta answered in {took.TotalMilliseconds:0} ms.");
        return took <= SlowTrip
            ? CheckLine.Good(CheckKind.RoundTrip, words)
            : CheckLine.Warn(CheckKind.RoundTrip, words, "Messages leave slowly. Check the server's connection to graph.facebook.com.");
    }
}
