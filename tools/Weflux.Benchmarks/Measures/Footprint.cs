using Weflux.Benchmarks.Circuits;
using Weflux.Benchmarks.Measuring;

namespace Weflux.Benchmarks.Measures;

/// <summary>How fast Weflux starts and what it holds in memory.</summary>
internal static class Footprint
{
    private const int Inboxes = 100;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(Report report, Settings settings, string folder)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, "start")).FullName;

        // The first start migrates and seeds.
        await using (var first = await Server.StartWefluxAsync(data))
        {
            await first.AskAsync("/sign-in");
        }

        var answers = new List<double>();
        var pages = new List<double>();
        var bares = new List<double>();
        for (var round = 0; round < settings.Rounds; round++)
        {
            await using (var weflux = await Server.StartWefluxAsync(data))
            {
                answers.Add((await weflux.AskAsync("/health/live")).TotalMilliseconds);
                pages.Add((await weflux.AskAsync("/sign-in")).TotalMilliseconds);
            }

            await using var bare = await Server.StartBareAsync("broadcast");
            bares.Add((await bare.AskAsync("/")).TotalMilliseconds);
        }

        report.Add(new Line("cold start to the first answer", "ms", Figures.Median(answers), null, 1500, IsAtMost: true));
        report.Add(new Line("cold start to the sign-in page", "ms", Figures.Median(pages), null, 1500, IsAtMost: true));
        report.Note($"A minimal Blazor program answered its first page {Figures.Median(bares):F0} ms after its start.");

        await using var idle = await Server.StartWefluxAsync(data);
        await idle.AskAsync("/sign-in");
        await Task.Delay(Settling);
        report.Add(new Line("resident memory, idle", "MiB", idle.Memory, null, 150, IsAtMost: true));
        var tab = await Tab.SignInAsync(idle.Address, "manager@demo.test");
        report.Add(new Line("memory per open inbox", "KiB", await PerTabAsync(idle, tab), null, 400, IsAtMost: true));
        await using var minimal = await Server.StartBareAsync("broadcast");
        report.Note($"A minimal circuit took {await PerTabAsync(minimal, await Tab.VisitAsync(minimal.Address)):F0} KiB.");
    }

    private static async Task<double> PerTabAsync(Server server, Tab tab)
    {
        // The first ones pay for code that is compiled once.
        await using var some = await Screens.OpenAsync(tab, 20, 1);
        await Task.Delay(Settling);
        var before = server.Memory;
        await using var more = await Screens.OpenAsync(tab, Inboxes, 1);
        await Task.Delay(Settling);
        return (server.Memory - before) * 1024 / Inboxes;
    }
}
