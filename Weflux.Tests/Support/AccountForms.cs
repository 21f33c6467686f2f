using System.Net;
using System.Text.RegularExpressions;

namespace Weflux.Tests.Support;

/// <summary>Sends the forms of account pages as a browser would: loads the page, keeps its hidden fields, fills in the rest.</summary>
internal static partial class AccountForms
{
    public const string GoodPassword = "four plain words here";

    public static async Task<HttpResponseMessage> PostFormAsync(
        this HttpClient client, string page, string handler, params (string Name, string Value)[] fields)
    {
        var token = await WefluxHost.FormTokenAsync(client, page);
        return await client.PostTokenAsync(page, handler, token, fields);
    }

    /// <summary>Sends a form whose token is known, so that many can be sent at once.</summary>
    public static async Task<HttpResponseMessage> PostTokenAsync(
        this HttpClient client, string page, string handler, string token, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Prepend(("__RequestVerificationToken", token)).Prepend(("_handler", handler)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await client.PostAsync(page, form);
    }

    /// <summary>Signs up through the form.</summary>
    public static Task<HttpResponseMessage> SignUpAsync(
        this HttpClient client, string email, string slug, string password = GoodPassword, string name = "Ana Lima", string organisation = "Corner Bakery") =>
        client.PostFormAsync(
            "/sign-up", "sign-up",
            ("Input.Name", name), ("Input.Email", email), ("Input.Password", password), ("Input.Organisation", organisation), ("Input.Slug", slug));

    /// <summary>A client that just signed up on a host that is open to all.</summary>
    public static async Task<HttpClient> NewPersonAsync(this WefluxHost host, string email, string slug, string name = "Ana Lima")
    {
        var client = host.NewClient();
        using var answer = await client.SignUpAsync(email, slug, name: name);
        answer.Location().Should().Be($"/w/{slug}/start");
        return client;
    }

    /// <summary>Where an answer sends the browser, without the host.</summary>
    public static string? Location(this HttpResponseMessage answer) => answer.Headers.Location is { } location
        ? location.IsAbsoluteUri ? location.PathAndQuery : location.ToString()
        : null;

    /// <summary>What a page says, without its tags.</summary>
    public static async Task<string> TextAsync(this HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(Spaces().Replace(Tags().Replace(await answer.Content.ReadAsStringAsync(), " "), " "));

    /// <summary>Whether the client is signed in.</summary>
    public static async Task<bool> IsSignedInAsync(this HttpClient client)
    {
        using var answer = await client.GetAsync("/account/security");
        return answer.StatusCode == HttpStatusCode.OK;
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
