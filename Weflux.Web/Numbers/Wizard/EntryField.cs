using Weflux.Web.Demo;

namespace Weflux.Web.Numbers.Wizard;

/// <summary>One value that is copied from Meta, and where it stands there.</summary>
internal sealed record EntryField(
    string Id,
    string Label,
    bool IsSecret,
    string Where,
    Uri? Link,
    Func<NumberEntry, string> Get,
    Action<NumberEntry, string> Set,
    Func<NumberEntry, string?> Wrong)
{
    private static readonly Uri Apps = new("https://developers.facebook.com/apps/");
    private static readonly Uri Business = new("https://business.facebook.com/latest/settings/system_users");
    private static readonly Uri Accounts = new("https://business.facebook.com/latest/settings/whatsapp_account");

    /// <summary>In the order in which one comes by them.</summary>
    public static IReadOnlyList<EntryField> All { get; } =
    [
        new(
            "app-id", "Meta app id", IsSecret: false,
            "developers.facebook.com > My Apps > your app. The id stands at the top of the page, and under App settings > Basic.",
            Apps,
            e => e.AppId, (e, v) => e.AppId = v, e => NumberRules.WrongId(e.AppId, "Meta app id", PracticeNumbers.AppId)),
        new(
            "secret", "App secret", IsSecret: true,
            "In the same app: App settings > Basic > App secret > Show. Meta asks for your password. It signs what Meta sends, so a wrong one lets no message in.",
            Apps,
            e => e.AppSecret, (e, v) => e.AppSecret = v, e => NumberRules.WrongSecret(e.AppSecret, "app secret")),
        new(
            "waba", "WhatsApp account id", IsSecret: false,
            "Meta Business settings > Accounts > WhatsApp accounts > your account. The id stands below the name (“WhatsApp Business Account ID”). It also stands in your app under WhatsApp > API setup.",
            Accounts,
            e => e.WabaId, (e, v) => e.WabaId = v, e => NumberRules.WrongId(e.WabaId, "WhatsApp account id", PracticeNumbers.WabaId)),
        new(
            "number", "Phone number id", IsSecret: false,
            "In your app: WhatsApp > API setup > From. Choose the number; the id stands below it. It is not the phone number itself.",
            Apps,
            e => e.PhoneNumberId, (e, v) => e.PhoneNumberId = v, e => NumberRules.WrongId(e.PhoneNumberId, "phone number id", PracticeNumbers.All[0].PhoneNumberId)),
        new(
            "token", "Access token", IsSecret: true,
            "Meta Business settings > Users > System users > Add, or choose one with the role Admin. Assign the app and the WhatsApp account to it (Full control), then Generate token: choose the app, expiry Never, and the permissions whatsapp_business_messaging and whatsapp_business_management.",
            Business,
            e => e.Token, (e, v) => e.Token = v, e => NumberRules.WrongSecret(e.Token, "access token")),
    ];
}
