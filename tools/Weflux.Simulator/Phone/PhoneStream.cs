using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Weflux.Simulator.Chats;
using Weflux.Simulator.People;

namespace Weflux.Simulator.Phone;

/// <summary>
/// One open phone page: first what it missed, then what happens. Messages may come twice, newer versions win,
/// so nothing can fall between catching up and listening.
/// </summary>
internal sealed class PhoneStream(ChatBook chats, PhoneFeed feed, Handsets handsets, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const int FirstPage = 300;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    public async IAsyncEnumerable<SseItem<string>> ReadAsync(
        ChatKey chat, string viewer, long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // A stopping host would otherwise wait for every open page.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        var signals = Channel.CreateUnbounded<PhoneSignal>();
        using var subscription = feed.Open(chat, signals.Writer);
        using var viewing = handsets.Open(viewer, chat);
        foreach (var signal in Missed(chat, after))
        {
            yield return Item(signal);
        }

        while (await NextAsync(signals.Reader, ending.Token) is { } signal)
        {
            yield return Item(signal);
        }
    }

    private IEnumerable<PhoneSignal> Missed(ChatKey chat, long after)
    {
        var messages = chats.Of(chat).Where(PhoneView.IsOnPhone).ToList();
        var newest = messages.Count == 0 ? 0 : messages.Max(message => message.Version);
        if (after > newest || after == 0)
        {
            // The page knows more than we do, so our memory was wiped: it starts again.
            yield return new PhoneSignal("reset", "{}");
            messages = [.. messages.TakeLast(FirstPage)];
            after = 0;
        }

        foreach (var message in messages.Where(message => message.Version > after))
        {
            yield return PhoneView.SignalOf(message);
        }

        yield return handsets.StateOf(chat);
        yield return new PhoneSignal("ready", "{}", newest == 0 ? null : newest);
    }

    private async Task<PhoneSignal?> NextAsync(ChannelReader<PhoneSignal> signals, CancellationToken ending)
    {
        using var beat = new CancellationTokenSource(Beat, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(beat.Token, ending);
        try
        {
            return await signals.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return ending.IsCancellationRequested ? null : new PhoneSignal("beat", "{}");
        }
    }

    private static SseItem<string> Item(PhoneSignal signal) => new(signal.Data, signal.Name)
    {
        EventId = signal.Version?.ToString(CultureInfo.InvariantCulture),
    };
}
