using System.Net;
using Polly.Timeout;
using Weflux.Domain.Sending;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Numbers.Checks;

/// <summary>Refusals and silences of the platform in plain words.</summary>
internal static class GraphTrouble
{
    public const int CallbackRefused = 2200;
    public const int ExpiredToken = 463;
    private const int Parameter = 100;
    private const int UnknownApp = 101;
    private const int InvalidToken = 190;

    /// <summary>What kept the platform from answering at all; null if it did answer.</summary>
    public static string? Silence(CloudApiException exception)
    {
        if (exception.InnerException is SimulatorOffException)
        {
            return "This is a practice number, and there is nobody to ask while the demo is off.";
        }

        if (exception is { Fault: null, InnerException: TimeoutRejectedException })
        {
            return "Meta takes too long to answer. Try again in a minute.";
        }

        if (exception.Status == HttpStatusCode.TooManyRequests || exception.Fault is { Code: 4 or 17 or 80007 or 80008 or 130429 })
        {
            return "Meta asks us to slow down: too many questions in a short time. Wait a few minutes, then check again.";
        }

        if (exception.Status >= HttpStatusCode.InternalServerError || exception.Fault is { Code: 1 or 2 })
        {
            return "Meta has a fault at the moment. Try again in a few minutes; metastatus.com tells whether it is known.";
        }

        return exception.Fault is null
            ? "Meta could not be reached. Check that this server may call graph.facebook.com, then try again."
            : null;
    }

    public static bool IsInvalidToken(CloudApiException exception) => exception.Fault?.Code == InvalidToken;

    /// <summary>Whether the app itself was not believed: its secret is another one, or there is no such app.</summary>
    public static bool IsInvalidApp(CloudApiException exception) => exception.Fault?.Code is InvalidToken or UnknownApp;

    /// <summary>Whether an app asked about something that is not its own.</summary>
    public static bool IsOfAnotherApp(CloudApiException exception) => exception.Fault?.Code == Parameter;

    public static bool IsExpired(CloudApiException exception) =>
        exception.Subcode == ExpiredToken || exception.Fault?.Title.Contains("expired", StringComparison.OrdinalIgnoreCase) == true;

    public static bool IsUnreadable(string? title) =>
        title?.Contains("parse", StringComparison.OrdinalIgnoreCase) == true || title?.Contains("malformed", StringComparison.OrdinalIgnoreCase) == true;

    public static bool IsPermission(CloudApiException exception) => exception.Fault is { Code: 3 or 10 or (>= 200 and <= 299) };

    /// <summary>Why something could not be looked at, in one sentence.</summary>
    public static string WhyUnknown(CloudApiException exception) => IsInvalidToken(exception) ? "Not known until the token works." : Words(exception);

    /// <summary>A refusal in one sentence.</summary>
    public static string Words(CloudApiException exception) =>
        Silence(exception) ?? (exception.Fault is { } fault ? PlatformErrors.Explain(fault.Code) : exception.Message);
}
