namespace Weflux.Simulator;

public sealed class SimulatorOptions
{
    /// <summary>Base address of Weflux. Asked for at every use: it is unknown until the server listens.</summary>
    public required Func<Uri> WebhookBaseAddress { get; set; }

    /// <summary>The address of Weflux that the outside knows, which a callback may name too.</summary>
    public Func<Uri>? PublicAddress { get; set; }

    /// <summary>Where chats and pending webhooks outlive a restart; null keeps them in memory only.</summary>
    public string? StateFile { get; set; }

    /// <summary>How long at most before a webhook that was not answered with 200 is posted again; the first waits are shorter.</summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(2);

    public IList<SimulatedNumber> Numbers { get; } = [];

    internal SimulatedNumber? Find(string phoneNumberId) =>
        Numbers.FirstOrDefault(number => number.PhoneNumberId == phoneNumberId);

    internal static SimulatorOptions From(Action<SimulatorOptions> configure)
    {
        var options = new SimulatorOptions
        {
            WebhookBaseAddress = static () => throw new InvalidOperationException("The simulator was given no webhook base address."),
        };
        configure(options);
        return options;
    }
}
