using System.Net.Http.Json;

namespace Weflux.Tests.Simulator;

public sealed class StateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("weflux-simulator-");

    private string StateFile => Path.Combine(_folder.FullName, "state", "simulator.jsonl");

    [Fact]
    public async Task Chats_people_and_the_ledger_survive_a_restart()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        string wamid;
        await using (var simulator = await SimulatorHost.StartAsync(receiver.Address, StateFile))
        {
            using var added = await simulator.Http.PostAsJsonAsync($"simulator/api/numbers/{SimulatorHost.Number}/customers", new { name = "Nia Okafor" });
            wamid = await simulator.CustomerSendsAsync("nia-okafor", new { type = "text", text = "still here?" });
            await Eventually.SeeAsync(() => simulator.ChatAsync("nia-okafor"), chat => chat[0].GetProperty("status").GetString() == "sent");
        }

        await using var again = await SimulatorHost.StartAsync(receiver.Address, StateFile);

        var chat = await again.ChatAsync("nia-okafor");
        chat.Should().ContainSingle().Which.GetProperty("wamid").GetString().Should().Be(wamid);
        chat[0].GetProperty("status").GetString().Should().Be("sent");
        receiver.Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task A_pending_webhook_survives_a_restart()
    {
        string wamid;
        await using (var simulator = await SimulatorHost.StartAsync(new Uri("http://127.0.0.1:9"), StateFile))
        {
            wamid = await simulator.CustomerSendsAsync("asha", new { type = "text", text = "anyone?" });
        }

        await using var receiver = await WebhookReceiver.StartAsync();
        await using var again = await SimulatorHost.StartAsync(receiver.Address, StateFile);

        var messages = await Eventually.SeeAsync(() => receiver.Messages, 1);
        messages[0].GetProperty("id").GetString().Should().Be(wamid);
    }

    [Fact]
    public async Task A_torn_last_line_costs_no_more_than_itself()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using (var simulator = await SimulatorHost.StartAsync(receiver.Address, StateFile))
        {
            await simulator.CustomerSendsAsync("asha", new { type = "text", text = "one" });
        }

        await File.AppendAllTextAsync(StateFile, "{\"kind\":\"message\",\"key\":\"wam");
        await using var again = await SimulatorHost.StartAsync(receiver.Address, StateFile);

        (await again.ChatAsync("asha")).Should().ContainSingle();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
