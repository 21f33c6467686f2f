using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Tests.Domain;

/// <summary>The people, things and times that the domain's tests speak of.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public static readonly WorkspaceId Workspace = new(7);

    public static readonly UserId Asha = new(11);

    public static readonly UserId Ravi = new(12);

    public static DateTimeOffset Second(int seconds) => Noon.AddSeconds(seconds);

    public static Contact Contact() => Weflux.Domain.Contacts.Contact.Meet(Workspace, Noon);

    public static Conversation Conversation(DateTimeOffset? startedAt = null) =>
        Weflux.Domain.Conversations.Conversation.Start(Workspace, contactId: 3, connectionId: 5, startedAt ?? Noon);

    public static InboundMessage Said(MessageContent content, DateTimeOffset saidAt, DateTimeOffset? receivedAt = null, string id = "wamid.in") =>
        new(id, content, null, saidAt, receivedAt ?? saidAt, null);

    public static InboundMessage Said(string words, DateTimeOffset saidAt, DateTimeOffset? receivedAt = null) =>
        Said(new TextContent(words), saidAt, receivedAt);

    public static Message Reply(Conversation conversation, DateTimeOffset at, long sequence = 2, UserId? author = null, string words = "On its way") =>
        Message.ToCustomer(conversation, new TextContent(words), author ?? Asha, Guid.Empty, sequence, at);

    public static Message StopConfirmation(Conversation conversation, DateTimeOffset at, long sequence = 2) =>
        Message.ToCustomer(conversation, new TextContent("You will not hear from us."), null, null, sequence, at);
}
