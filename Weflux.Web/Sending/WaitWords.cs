using Weflux.Domain.Sending;

namespace Weflux.Web.Sending;

/// <summary>Why something has not left yet. Of what failed for good the table of errors tells.</summary>
internal static class WaitWords
{
    /// <param name="code">The platform's code, or one of our own.</param>
    public static string Of(int code) =>
        code == OwnFaults.NotReached ? "WhatsApp cannot be reached at the moment." : PlatformErrors.Explain(code);
}
