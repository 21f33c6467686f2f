using System.Collections.Concurrent;
using Weflux.Simulator.People;
using Weflux.Simulator.State;

namespace Weflux.Simulator.Phone;

/// <summary>Which phones are switched on, and which chats somebody is looking at.</summary>
internal sealed class Handsets
{
    private const string Kind = "handset";
    private readonly ConcurrentDictionary<ChatKey, bool> _power = [];
    private readonly ConcurrentDictionary<string, Viewer> _viewers = [];
    private readonly ConcurrentDictionary<ChatKey, DateTimeOffset> _typingUntil = [];
    private readonly StateLog _log;
    private readonly PhoneFeed _feed;

    public Handsets(StateLog log, PhoneFeed feed)
    {
        (_log, _feed) = (log, feed);
        foreach (var power in log.Load<Power>(Kind))
        {
            _power[power.Chat] = power.IsOn;
        }
    }

    public bool IsOn(ChatKey chat) => _power.GetValueOrDefault(chat, true);

    public bool IsWatched(ChatKey chat) => _viewers.Values.Any(viewer => viewer.Chat == chat && viewer.IsVisible);

    public DateTimeOffset? TypingUntil(ChatKey chat) => _typingUntil.TryGetValue(chat, out var until) ? until : null;

    public void Switch(ChatKey chat, bool isOn)
    {
        _power[chat] = isOn;
        _log.Put(Kind, $"{chat.PhoneNumberId}/{chat.CustomerId}", new Power(chat, isOn));
        TellState(chat);
    }

    public void Typing(ChatKey chat, DateTimeOffset until)
    {
        _typingUntil[chat] = until;
        TellState(chat);
    }

    public void StopTyping(ChatKey chat)
    {
        if (_typingUntil.TryRemove(chat, out _))
        {
            TellState(chat);
        }
    }

    /// <summary>A page that comes back under its own name must not be shut by the end of its former connection.</summary>
    public IDisposable Open(string viewer, ChatKey chat)
    {
        var opened = new Viewer(chat);
        _viewers[viewer] = opened;
        return new Closing(() => _viewers.TryRemove(KeyValuePair.Create(viewer, opened)));
    }

    /// <summary>The chat this viewer looks at, or null when the viewer has gone.</summary>
    public ChatKey? Show(string viewer, bool isVisible)
    {
        if (!_viewers.TryGetValue(viewer, out var known))
        {
            return null;
        }

        known.IsVisible = isVisible;
        return known.Chat;
    }

    public PhoneSignal StateOf(ChatKey chat) =>
        new("state", SimulatorJson.Write(new { On = IsOn(chat), TypingUntil = TypingUntil(chat) }));

    private void TellState(ChatKey chat) => _feed.Tell(chat, StateOf(chat));

    private sealed class Viewer(ChatKey chat)
    {
        public ChatKey Chat => chat;

        public bool IsVisible { get; set; }
    }

    private sealed class Closing(Action close) : IDisposable
    {
        public void Dispose() => close();
    }

    private sealed record Power(ChatKey Chat, bool IsOn);
}
