using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Weflux.Tests.Journeys;

/// <summary>What the rules of axe-core find on a page.</summary>
internal static class Axe
{
    /// <summary>Adds what stands seriously in somebody's way.</summary>
    /// <param name="page">The page as it is.</param>
    /// <param name="where">What is looked at, in words.</param>
    /// <param name="found">Where to.</param>
    public static async Task LookAsync(IPage page, string where, List<string> found)
    {
        var seen = await page.RunAxe();
        found.AddRange(seen.Violations.Where(v => v.Impact is "serious" or "critical").Select(v =>
            $"{where}: {v.Id} ({v.Impact}): {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
    }
}
