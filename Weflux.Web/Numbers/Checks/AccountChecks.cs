using System.Text.Json;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;

namespace Weflux.Web.Numbers.Checks;

/// <summary>Whether the account opens, whether the number is one of its numbers, and what the platform says of it.</summary>
internal sealed class AccountChecks(CloudApiClient cloudApi)
{
    private const int MostPages = 20;

    private const string Fields =
        "id,display_phone_number,verified_name,name_status,quality_rating,status,code_verification_status,throughput,whatsapp_business_manager_messaging_limit,is_on_biz_app,webhook_configuration";

    private const string AssetWay =
        "Compare the id with Meta Business settings > Accounts > WhatsApp accounts. If it is right, open the system user there, press Assign assets, choose the WhatsApp account and allow Full control.";

    private static readonly CheckKind[] OfTheNumber =
        [CheckKind.Name, CheckKind.Registration, CheckKind.Quality, CheckKind.Throughput, CheckKind.Limit];

    /// <returns>The lines, and the number as the platform describes it; null if it was not found.</returns>
    public async Task<(IReadOnlyList<CheckLine> Lines, JsonElement? Number)> LookAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        CheckLine verification;
        try
        {
            var account = await cloudApi.AskAsync(
                subject.ByToken, HttpMethod.Get, $"{subject.WabaId}?fields=id,name,account_review_status,business_verification_status", null, cancellationToken);
            verification = NumberWords.Verification(account.Body.Text("business_verification_status"));
        }
        catch (CloudApiException exception)
        {
            return ([Refused(exception, subject), .. OfTheNumber.Prepend(CheckKind.Number).Select(k => CheckLine.Skip(k, "Not known until the account opens."))], null);
        }

        var opens = CheckLine.Good(CheckKind.Account, "The token opens the WhatsApp account.");
        try
        {
            if (await FindAsync(subject, cancellationToken) is { } number)
            {
                return ([opens, CheckLine.Good(CheckKind.Number, "The number belongs to the account."), .. NumberWords.Describe(number), verification], number);
            }

            var missing = await ExplainMissingAsync(subject, cancellationToken);
            return ([opens, missing, .. OfTheNumber.Select(k => CheckLine.Skip(k, "Not known until the number is found.")), verification], null);
        }
        catch (CloudApiException exception)
        {
            var words = GraphTrouble.WhyUnknown(exception);
            return ([opens, .. OfTheNumber.Prepend(CheckKind.Number).Select(k => CheckLine.Skip(k, words)), verification], null);
        }
    }

    private async Task<JsonElement?> FindAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var path = $"{subject.WabaId}/phone_numbers?fields={Fields}&limit=100" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");
            var body = (await cloudApi.AskAsync(subject.ByToken, HttpMethod.Get, path, null, cancellationToken)).Body;
            foreach (var number in body.Array("data").Where(n => string.Equals(n.Text("id"), subject.PhoneNumberId, StringComparison.Ordinal)))
            {
                return number;
            }

            after = body.Object("paging")?.Text("next") is null ? null : body.Object("paging")?.Object("cursors")?.Text("after");
            if (after is null)
            {
                return null;
            }
        }

        return null;
    }

    private async Task<CheckLine> ExplainMissingAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        try
        {
            await cloudApi.AskAsync(subject.ByToken, HttpMethod.Get, $"{subject.PhoneNumberId}?fields=id,display_phone_number", null, cancellationToken);
            return CheckLine.Bad(
                CheckKind.Number,
                "This number belongs to another WhatsApp account than the one entered.",
                "Open WhatsApp Manager > Account tools > Phone numbers in the account of this number, and copy both ids from the same page.");
        }
        catch (CloudApiException exception) when (GraphTrouble.Silence(exception) is null)
        {
            return CheckLine.Bad(
                CheckKind.Number,
                "The account has no number with this id.",
                "The phone number id is not the phone number: copy it from developers.facebook.com > My Apps > your app > WhatsApp > API setup, below the number.");
        }
    }

    private static CheckLine Refused(CloudApiException exception, CheckSubject subject) =>
        GraphTrouble.Silence(exception) is { } silence ? CheckLine.Skip(CheckKind.Account, silence)
        : GraphTrouble.IsInvalidToken(exception) ? CheckLine.Skip(CheckKind.Account, "Not known until the token works.")
        : GraphTrouble.IsPermission(exception) ? CheckLine.Bad(CheckKind.Account, "The token may not open this WhatsApp account.", AssetWay)
        : CheckLine.Bad(CheckKind.Account, $"Meta knows no WhatsApp account {subject.WabaId} that this token may open.", AssetWay);
}
