using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Weflux.Tests.Support;

/// <summary>
/// One page that keeps what nobody should find in it: errors of scripts, errors in the console (refusals of the content
/// security policy among them), and requests to another origin.
/// </summary>
public sealed class Tab
{
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly string _origin;
    private int _documents;

    private Tab(string name, IPage page, Uri origin)
    {
        (Name, Page, _origin) = (name, page, origin.GetLeftPart(UriPartial.Authority));
        page.PageError += (_, error) => _complaints.Enqueue($"page error: {error}");
        page.Console += (_, message) => Hear(message);
        page.Request += (_, request) => See(request);
    }

    public string Name { get; }

    public IPage Page { get; }

    /// <summary>How many times the page was loaded anew.</summary>
    public int Documents => _documents;

    public IReadOnlyCollection<string> Complaints => _complaints;

    public static async Task<Tab> OpenAsync(IBrowserContext context, Uri origin, string name) =>
        new(name, await context.NewPageAsync(), origin);

    /// <summary>Forgets complaints that the test itself caused.</summary>
    public void Forgive() => _complaints.Clear();

    private void Hear(IConsoleMessage message)
    {
        if (message.Type is "error")
        {
            _complaints.Enqueue($"console: {message.Text} ({message.Location})");
        }
    }

    private void See(IRequest request)
    {
        if (request.IsNavigationRequest && request.Frame == Page.MainFrame)
        {
            Interlocked.Increment(ref _documents);
        }

        var isLocal = request.Url.StartsWith("data:", StringComparison.Ordinal) || request.Url.StartsWith("blob:", StringComparison.Ordinal);
        if (!isLocal && !request.Url.StartsWith(_origin + "/", StringComparison.Ordinal))
        {
            _complaints.Enqueue($"request to another origin: {request.Url}");
        }
    }
}
