using System.Threading.Channels;
using Weflux.Simulator.People;

namespace Weflux.Simulator.Phone;

/// <summary>What an open phone page is told while it happens. A version lets it ask later for what it missed.</summary>
internal sealed record PhoneSignal(string Name, string Data, long? Version = null);

/// <summary>Carries changes to the phone pages that show the chat.</summary>
internal sealed class PhoneFeed
{
    private readonly Lock _gate = new();
    private readonly HashSet<(ChatKey Chat, ChannelWriter<PhoneSignal> Phone)> _open = [];

    public IDisposable Open(ChatKey chat, ChannelWriter<PhoneSignal> phone)
    {
        lock (_gate)
        {
            _open.Add((chat, phone));
        }

        return new Subscription(this, (chat, phone));
    }

    public void Tell(ChatKey chat, PhoneSignal signal) => Tell(open => open == chat, signal);

    public void TellNumber(string phoneNumberId, PhoneSignal signal) => Tell(open => open.PhoneNumberId == phoneNumberId, signal);

    private void Tell(Func<ChatKey, bool> concerns, PhoneSignal signal)
    {
        lock (_gate)
        {
            foreach (var (chat, phone) in _open)
            {
                if (concerns(chat))
                {
                    phone.TryWrite(signal);
                }
            }
        }
    }

    private sealed class Subscription(PhoneFeed feed, (ChatKey, ChannelWriter<PhoneSignal>) entry) : IDisposable
    {
        public void Dispose()
        {
            lock (feed._gate)
            {
                feed._open.Remove(entry);
            }
        }
    }
}
