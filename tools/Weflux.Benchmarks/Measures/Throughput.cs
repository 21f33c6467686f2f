using System.Diagnostics;
using Weflux.Benchmarks.Circuits;
using Weflux.Benchmarks.Measuring;

namespace Weflux.Benchmarks.Measures;

/// <summary>Messages received, applied and visible per second: from the first POST until the last row stands on an open screen and nothing is left to apply.</summary>
internal static class Throughput
{
    private const int Connections = 32;
    private const double Target = 3000;

    public static async Task RunAsync(Report report, Settings settings, string folder)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, "throughput")).FullName;
        await using var weflux = await Server.StartWefluxAsync(data);
        var hook = new Uri(weflux.Address, "/webhooks/whatsapp/demo");
        await Load.RunAsync(hook, 16, TimeSpan.FromSeconds(15), "warm");
        await Journal.DrainAsync(data);
        var tab = await Tab.SignInAsync(weflux.Address, "manager@demo.test");
        var messages = (int)(Target * settings.Time.TotalSeconds * 2) / Connections * Connections;
        var rates = new List<double>();
        for (var round = 0; round < settings.Rounds; round++)
        {
            await using var screen = await Screens.OpenAsync(tab, 1, 10);
            var before = await Journal.MessagesAsync(data);
            var started = Stopwatch.GetTimestamp();
            var load = await Load.PostAsync(hook, Connections, messages, $"t{round}");
            using (var poster = await Poster.ConnectAsync(hook))
            {
                await poster.PostAsync(WebhookBody.Text(Load.Senders + round, Screens.Id(round)));
            }

            var isShown = await screen.HaveShownAsync(round, TimeSpan.FromMinutes(2));
            var took = Stopwatch.GetElapsedTime(started);
            await Journal.DrainAsync(data);
            var stored = await Journal.MessagesAsync(data) - before;
            if (!isShown || load.Failures > 0 || stored != messages + 1)
            {
                report.Note($"Throughput, round {round}: {stored} of {messages + 1} stored, {load.Failures} not acknowledged, last row {(isShown ? "shown" : "never shown")}.");
            }

            rates.Add((messages + 1) / took.TotalSeconds);
        }

        report.Add(new Line("messages received, applied and visible", "1/s", Figures.Median(rates), null, Target, IsAtMost: false));
    }
}
