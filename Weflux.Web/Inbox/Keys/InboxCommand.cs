using Weflux.Domain.Team;
using Weflux.Web.App;
using Weflux.Web.Presence;

namespace Weflux.Web.Inbox.Keys;

/// <summary>
/// One thing that can be done by key, from the palette, or both. The sheet of shortcuts, the palette and the script read this
/// one list, so that they cannot disagree.
/// </summary>
/// <param name="Id">Its name for the script. What acts on the open conversation presses the button that carries it as <c>data-command</c>.</param>
/// <param name="Name">What it does, in words.</param>
/// <param name="Group">Under which heading it stands.</param>
/// <param name="Key">The key as the browser names it; null for none.</param>
/// <param name="Needs">What one must be allowed to do; null for nothing in particular.</param>
/// <param name="Path">The address below <c>/w/{workspace}/</c> that it goes to; null if it goes nowhere.</param>
public sealed record InboxCommand(string Id, string Name, string Group, string? Key = null, Permission? Needs = null, string? Path = null)
{
    public const string Next = "next";
    public const string Previous = "previous";
    public const string Choose = "choose";
    public const string ChooseNext = "choose-next";
    public const string ChoosePrevious = "choose-previous";
    public const string Reply = "reply";
    public const string Note = "note";
    public const string Assign = "assign";
    public const string Label = "label";
    public const string Snooze = "snooze";
    public const string Close = "close";
    public const string NoReply = "no-reply";
    public const string TakingPart = "taking-part";
    public const string Reopen = "reopen";
    public const string Contact = "contact";
    public const string Search = "search";
    public const string Shortcuts = "shortcuts";

    public const string InList = "In the list";
    public const string InThread = "In the open conversation";
    public const string Places = "Go to";
    public const string Self = "You";
    public const string Help = "Help";

    /// <summary>The key as people know it; null for none.</summary>
    public string? Shown => Key is [>= 'A' and <= 'Z' and var letter] ? $"Shift+{char.ToLowerInvariant(letter)}" : Key;

    /// <summary>What is done by keys that need no letter alone, for the sheet.</summary>
    public static IReadOnlyList<(string Keys, string Name, string Group)> Fixed { get; } =
    [
        ("Enter", "Open the conversation", InList),
        ("Shift+↓", "Choose downwards", InList),
        ("Shift+↑", "Choose upwards", InList),
        ("Escape", "Choose no more", InList),
        ("/", "Put in a canned reply, while writing", InThread),
        ("Enter", "Send, while writing", InThread),
        ("Shift+Enter", "A new line, while writing", InThread),
        ("Escape", "Close, or go from writing to the list", InThread),
        ("Ctrl+K", "Find a conversation, a page or an action", Help),
    ];

    private static readonly IReadOnlyList<InboxCommand> Own =
    [
        new(Next, "Next conversation", InList, "j"),
        new(Previous, "Previous conversation", InList, "k"),
        new(Choose, "Choose the conversation, or let go of it", InList, "x", Permission.WorkConversations),
        new(ChooseNext, "Choose the next one too", InList, "J", Permission.WorkConversations),
        new(ChoosePrevious, "Choose the previous one too", InList, "K", Permission.WorkConversations),
        new(Reply, "Write a reply", InThread, "r", Permission.WorkConversations),
        new(Note, "Write a note", InThread, "n", Permission.WorkConversations),
        new(Assign, "Assign or take", InThread, "a", Permission.TakeUnassigned),
        new(TakingPart, "Who takes part", InThread, "p", Permission.SendMessages),
        new(Label, "Labels", InThread, "l", Permission.WorkConversations),
        new(Snooze, "Snooze", InThread, "s", Permission.WorkConversations),
        new(Close, "Close the conversation", InThread, "e", Permission.WorkConversations),
        new(NoReply, "No reply needed", InThread, Needs: Permission.WorkConversations),
        new(Reopen, "Open it again", InThread, Needs: Permission.WorkConversations),
        new(Contact, "Show or hide the contact", InThread),
        new(PresenceHere.Available, "Be available", Self, Needs: Permission.WorkConversations),
        new(PresenceHere.Away, "Be away", Self, Needs: Permission.WorkConversations),
        new("inbox", "Inbox", Places, Path: "inbox"),
        new("floor", "Floor", Places, Needs: Permission.WatchFloor, Path: "floor"),
        new(Search, "Search messages, notes and contacts", Places, "/", Permission.WorkConversations, "inbox/search"),
        new("drafts", "Drafts", Places, Needs: Permission.WorkConversations, Path: "drafts"),
        new("scheduled", "Scheduled messages", Places, Needs: Permission.WorkConversations, Path: "scheduled"),
        new("failed", "Messages that were not sent", Places, Needs: Permission.WorkConversations, Path: "failed"),
        new("new", "New conversation", Places, Needs: Permission.SendTemplates, Path: "new"),
        new("contacts", "Contacts", Places, Needs: Permission.WorkConversations, Path: "contacts"),
    ];

    /// <summary>Everything, with the pages of the settings.</summary>
    public static IReadOnlyList<InboxCommand> All { get; } =
    [
        .. Own,
        .. SettingsPlaces.All.Select(p => new InboxCommand($"settings-{p.Path}", $"Settings: {p.Name}", Places, Needs: p.Needs, Path: $"settings/{p.Path}")),
        new(Shortcuts, "Keyboard shortcuts", Help, "?"),
    ];

    /// <summary>What this person may do of it.</summary>
    public static IReadOnlyList<InboxCommand> For(Actor actor) => [.. All.Where(c => c.Needs is not { } needed || actor.May(needed))];
}
