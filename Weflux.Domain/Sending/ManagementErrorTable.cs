using System.Collections.Frozen;
using static Weflux.Domain.Sending.FaultRemedy;
using static Weflux.Domain.Sending.PlatformErrorClass;

namespace Weflux.Domain.Sending;

/// <summary>The codes of calls that manage numbers, templates, forms and calls. A message rarely ends with one.</summary>
/// <remarks>Platform rule: Cloud API, "Error codes".</remarks>
internal static class ManagementErrorTable
{
    private const string Template = "Meta does not accept the template like this.";
    private const string Migration = "The number is being moved between accounts. An admin must finish that at Meta.";

    private static readonly FrozenDictionary<int, PlatformError> Rows = new Dictionary<int, PlatformError>
    {
        [131059] = new(Final, "Meta does not know the page of the list any more. Load it again.", RetryNow),
        [133000] = new(Final, "An earlier deregistration of the number is not complete. An admin must deregister it again.", FixNumber),
        [133005] = new(Final, "The two-step PIN of the number is wrong.", FixNumber),
        [133006] = new(Final, "The number is not verified yet. An admin must ask Meta for a code and enter it.", FixNumber),
        [133008] = new(Final, "The two-step PIN was guessed wrong too often. Meta says when to try again.", RetryLater),
        [133009] = new(Final, "The two-step PIN was entered too quickly. Meta says when to try again.", RetryLater),
        [133015] = new(Final, "The number was deleted a moment ago. Try again in five minutes.", RetryLater) { Wait = TimeSpan.FromMinutes(5) },
        [133016] = new(Final, "The number was registered and deregistered too often. Wait three days.", RetryLater) { Wait = TimeSpan.FromHours(72) },
        [136024] = new(Final, "The number is verified already. Go on with registering it.", FixNumber),
        [139100] = new(Final, "Not all customers could be blocked or unblocked.", RetryNow),
        [139101] = new(Final, "The list of blocked customers is full.", AskAdmin),
        [139102] = new(Final, "Somebody else changed the list of blocked customers at the same time. Try again.", RetryNow),
        [139103] = new(Final, "Meta could not change the list of blocked customers. Try again.", RetryNow),
        [2388012] = new(Final, Migration, FixNumber),
        [2388019] = new(Final, "The account has as many templates as Meta allows. Delete some first.", AskAdmin),
        [2388039] = new(Final, "Meta does not allow this template to be edited now.", RetryLater),
        [2388040] = new(Final, "A part of the template is too long.", PickTemplate),
        [2388047] = new(Final, $"{Template} Its header is wrong.", PickTemplate),
        [2388072] = new(Final, $"{Template} Its body is wrong.", PickTemplate),
        [2388073] = new(Final, $"{Template} Its footer is wrong.", PickTemplate),
        [2388091] = new(Final, Migration, FixNumber),
        [2388093] = new(Final, Migration, FixNumber),
        [2388103] = new(Final, Migration, FixNumber),
        [2388293] = new(Final, $"{Template} It has too many variables for its length.", PickTemplate),
        [2388299] = new(Final, $"{Template} A variable stands at its beginning or end.", PickTemplate),
        [2593107] = new(Final, "The history of the phone app was asked for already. It can be asked for once.", LeaveIt),
        [2593108] = new(Final, "The history of the phone app can be asked for on the first day only.", LeaveIt),
        [2593109] = new(Final, "Whoever has the phone did not share its history.", LeaveIt),
    }.ToFrozenDictionary();

    /// <summary>The row of a code; null if it is not one of these.</summary>
    public static PlatformError? Find(int code) => Rows.GetValueOrDefault(code) ?? code switch
    {
        >= 138000 and <= 138018 => new PlatformError(Final, "WhatsApp refused the call.", RetryLater),
        >= 139000 and <= 139004 => new PlatformError(Final, "WhatsApp refused the form of this message. An admin must look at it.", AskAdmin),
        >= 147001 and <= 147005 => new PlatformError(Final, "Meta does not accept the user name of the business.", AskAdmin),
        _ => null,
    };
}
