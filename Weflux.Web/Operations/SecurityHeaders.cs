using System.Security.Cryptography;

namespace Weflux.Web.Operations;

/// <summary>
/// Headers of every answer. Scripts run only from our own files or with the nonce of this answer. An answer that
/// brings its own policy keeps it.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next, PublicAddress address)
{
    // Nothing behind these runs in a browser. Thousands of them come in a second, so that even a nonce would count.
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";
    private static readonly PathString Webhooks = "/webhooks";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(Webhooks, StringComparison.OrdinalIgnoreCase))
        {
            AddTo(context.Response.Headers, Nothing);
        }
        else
        {
            context.Items[ScriptNonces.Key] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            context.Response.OnStarting(Send, context);
        }

        return next(context);
    }

    private Task Send(object state)
    {
        var context = (HttpContext)state;
        AddTo(context.Response.Headers, Policy(context.ScriptNonce()));
        return Task.CompletedTask;
    }

    private void AddTo(IHeaderDictionary headers, string policy)
    {
        headers.TryAdd("Content-Security-Policy", policy);
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=(self), payment=(), usb=()");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        if (address.IsHttps)
        {
            headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
        }
    }

    // Styles may be inline because MudBlazor writes its theme into the page; scripts never.
    private static string Policy(string nonce) =>
        "base-uri 'self'; default-src 'self'; object-src 'none'; img-src 'self' data: blob:; media-src 'self' blob:; " +
        $"script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; connect-src 'self'; frame-src 'self'; " +
        "form-action 'self'; frame-ancestors 'none'";
}

public static class ScriptNonces
{
    internal static readonly object Key = new();

    /// <summary>The nonce that lets an inline script of this answer run.</summary>
    public static string ScriptNonce(this HttpContext context) => (string)context.Items[Key]!;
}
