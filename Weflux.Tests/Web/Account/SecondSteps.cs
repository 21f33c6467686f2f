using System.Text.RegularExpressions;
using Weflux.Tests.Support;
using Weflux.Web.Account.TwoFactor;
using Weflux.Web.Demo;

namespace Weflux.Tests.Web.Account;

/// <summary>A person with a second step, as a browser sets it up and answers it.</summary>
internal static partial class SecondSteps
{
    public const string Person = "manager@demo.test";
    public const string NotRight = "That code is not right, or it was used already. Wait for the next one and try again.";

    public static async Task<(HttpClient Client, string Seed, IReadOnlyList<string> Codes)> SetUpAsync(WefluxHost host, HttpClient? known = null)
    {
        var client = known ?? await host.SignInAsync(Person);
        using var shown = await client.PostFormAsync("/account/two-factor", "two-factor-password", ("Known.Password", DemoWorkspaces.Password));
        var key = Key().Match(await shown.Content.ReadAsStringAsync()).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        using var answer = await client.PostFormAsync("/account/two-factor", "two-factor", ("Input.Code", Totp.Code(Decode(key), Totp.StepAt(host.Clock.GetUtcNow()))));
        var codes = Codes().Matches(await answer.Content.ReadAsStringAsync()).Select(m => m.Groups[1].Value).ToList();
        codes.Should().NotBeEmpty();
        return (client, key, codes);
    }

    public static Task<HttpResponseMessage> ShowKeyAsync(HttpClient client, string password = DemoWorkspaces.Password) =>
        client.PostFormAsync("/account/two-factor", "two-factor-password", ("Known.Password", password));

    public static async Task<string> TokenAsync(HttpResponseMessage page) =>
        FormToken().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;

    /// <summary>A code that was not used yet: that of the set-up counts for its step.</summary>
    public static Task<string> CodeAsync(WefluxHost host, string seed)
    {
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        return Task.FromResult(Totp.Code(Decode(seed), Totp.StepAt(host.Clock.GetUtcNow())));
    }

    public static async Task<HttpClient> FirstStepAsync(WefluxHost host)
    {
        var client = host.NewClient();
        using var answer = await WefluxHost.PostSignInAsync(client, Person, DemoWorkspaces.Password);
        answer.Location().Should().StartWith("/sign-in/second-step");
        return client;
    }

    public static Task<HttpResponseMessage> SecondStepAsync(HttpClient client, string code, bool rememberDevice = false) => client.PostFormAsync(
        "/sign-in/second-step?returnUrl=%2Fw%2Fdemo%2Finbox", "second-step",
        ("Input.Code", code), ("Input.RememberDevice", rememberDevice ? "true" : "false"));

    public static byte[] Decode(string base32) => Base32.Decode(base32);

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    public static partial Regex FormToken();

    [GeneratedRegex("data-key[^>]*>([A-Z2-7 ]+)<")]
    public static partial Regex Key();

    [GeneratedRegex("<code[^>]*>([A-Z2-9]{4}(?:-[A-Z2-9]{4}){3})</code>")]
    public static partial Regex Codes();
}
