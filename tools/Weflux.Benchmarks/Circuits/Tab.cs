using System.Net;
using System.Text.RegularExpressions;

namespace Weflux.Benchmarks.Circuits;

/// <summary>Whose tabs are opened: the cookies and the page, fetched once.</summary>
internal sealed partial class Tab(Uri page, string html, CookieContainer cookies)
{
    /// <summary>Signs a person of the demo in and fetches the inbox.</summary>
    public static async Task<Tab> SignInAsync(Uri address, string email)
    {
        var cookies = new CookieContainer();
        using var handler = new SocketsHttpHandler { CookieContainer = cookies };
        using var client = new HttpClient(handler) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        var form = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["__RequestVerificationToken"] = Token().Match(form).Groups["token"].Value,
            ["email"] = email,
        });
        using var answer = await client.PostAsync(new Uri("/demo/sign-in", UriKind.Relative), fields);
        answer.EnsureSuccessStatusCode();
        var page = answer.RequestMessage!.RequestUri!;
        return new Tab(page, await answer.Content.ReadAsStringAsync(), cookies);
    }

    /// <summary>A page that anybody may see.</summary>
    public static async Task<Tab> VisitAsync(Uri page)
    {
        using var client = new HttpClient();
        return new Tab(page, await client.GetStringAsync(page), new CookieContainer());
    }

    public Task<RawCircuit> OpenAsync(Action<ReadOnlyMemory<byte>> rendered) => RawCircuit.OpenAsync(page, html, cookies, rendered);

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Token();
}
