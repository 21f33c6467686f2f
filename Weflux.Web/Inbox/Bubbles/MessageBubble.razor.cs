using Microsoft.AspNetCore.Components;
using Weflux.Domain.Conversations;
using Weflux.Web.Sending;

namespace Weflux.Web.Inbox.Bubbles;

/// <summary>One message as a bubble. It renders again only when the message or its surroundings changed.</summary>
public sealed partial class MessageBubble
{
    private (ThreadMessage, bool, string, ScreenClock, bool, bool, bool, MessageWait?) _shown;

    [Parameter, EditorRequired]
    public ThreadMessage Message { get; set; } = null!;

    [Parameter]
    public string CustomerName { get; set; } = "";

    /// <summary>Whether it is the first of a run of bubbles by the same person.</summary>
    [Parameter]
    public bool StartsGroup { get; set; }

    [Parameter]
    public EventCallback<ThreadMessage> OnSendAgain { get; set; }

    [Parameter]
    public EventCallback<ThreadMessage> OnLeave { get; set; }

    /// <summary>Whether somebody sent it once more already.</summary>
    [Parameter]
    public bool WasSentAgain { get; set; }

    /// <summary>Whether it is planned to go out once more.</summary>
    [Parameter]
    public bool GoesAgain { get; set; }

    /// <summary>Why it has not left yet; null if it leaves at once.</summary>
    [Parameter]
    public MessageWait? Wait { get; set; }

    /// <summary>Told when the message is to be quoted; without it nothing can be done with the bubble.</summary>
    [Parameter]
    public EventCallback<ThreadMessage> OnReply { get; set; }

    [Parameter]
    public EventCallback<Reaction> OnReact { get; set; }

    /// <summary>Told when the reader wants a message back that has not left.</summary>
    [Parameter]
    public EventCallback<ThreadMessage> OnTakeBack { get; set; }

    [CascadingParameter]
    public ScreenClock Clock { get; set; } = ScreenClock.Utc;

    private bool IsOurs => Message.Direction == MessageDirection.Out;

    /// <summary>What a screen reader calls the bubble: who speaks.</summary>
    private string Speaker => IsOurs ? Author ?? (Message.Origin == MessageOrigin.PhoneApp ? "You, on the phone" : "You") : Message.Participant ?? CustomerName;

    private string? Author => Message.Origin switch
    {
        MessageOrigin.StopConfirmation => "Weflux confirmed the stop",
        MessageOrigin.Api => "Sent by a program",
        _ => Message.AuthorName,
    };

    private string? Origin => Message.Origin switch
    {
        MessageOrigin.PhoneApp => "Sent from the phone",
        MessageOrigin.History => "From before Weflux",
        _ => null,
    };

    private (ThreadMessage, bool, string, ScreenClock, bool, bool, bool, MessageWait?) Now => (Message, StartsGroup, CustomerName, Clock, OnReply.HasDelegate, WasSentAgain, GoesAgain, Wait);

    protected override bool ShouldRender()
    {
        var now = Now;
        var isNews = now != _shown;
        _shown = now;
        return isNews;
    }

    protected override void OnInitialized() => _shown = Now;
}
