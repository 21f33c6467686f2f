namespace Weflux.Tests.Simulator;

/// <summary>A simulator and a receiver for each test.</summary>
public abstract class SimulatorTests : IAsyncLifetime
{
    private protected WebhookReceiver Receiver { get; private set; } = null!;

    private protected SimulatorHost Simulator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Receiver = await WebhookReceiver.StartAsync();
        Simulator = await SimulatorHost.StartAsync(Receiver.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        await Receiver.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
