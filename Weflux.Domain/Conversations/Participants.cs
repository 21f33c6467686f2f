using System.Globalization;
using Weflux.Domain.Team;

namespace Weflux.Domain.Conversations;

/// <summary>The colleagues who take part in a conversation beside whoever holds it, kept with it so that its visibility needs no second look.</summary>
public sealed record Participants
{
    /// <summary>Most people who are added to one conversation.</summary>
    public const int Most = 20;

    /// <summary>Most conversations in which one person takes part: so many can be looked through for a page of a list.</summary>
    public const int MostOfOne = 1_000;

    /// <summary>Most characters of <see cref="Text"/>, in UTF-16 units: those of two threads that became one.</summary>
    public const int MaxText = 2 * Most * 20;

    private const char Between = ',';

    private Participants(IReadOnlyList<UserId> members) => (Members, Text) = (members, string.Join(Between, members));

    /// <summary>Nobody.</summary>
    public static Participants None { get; } = new([]);

    /// <summary>Who takes part, in the order in which they joined.</summary>
    public IReadOnlyList<UserId> Members { get; }

    /// <summary>How it is kept: their numbers with commas between them.</summary>
    public string Text { get; }

    /// <summary>Reads what <see cref="Text"/> wrote; what is no number there is nobody.</summary>
    public static Participants Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 ? None : new([.. Split(text)]);
    }

    /// <summary>Whether somebody takes part.</summary>
    public bool Has(UserId member) => Members.Contains(member);

    /// <summary>These and one more.</summary>
    public Participants With(UserId member) => Has(member) ? this : new([.. Members, member]);

    /// <summary>These without one.</summary>
    public Participants Without(UserId member) => Has(member) ? new([.. Members.Where(m => m != member)]) : this;

    /// <inheritdoc/>
    public bool Equals(Participants? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    private static IEnumerable<UserId> Split(string text)
    {
        foreach (var part in text.Split(Between))
        {
            if (long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                yield return new UserId(id);
            }
        }
    }
}

/// <summary>Somebody takes part in a conversation. The same stands in <see cref="Conversation.Participants"/>; this is how one finds one's own.</summary>
public sealed class Participation
{
    private Participation()
    {
    }

    internal Participation(Conversation conversation, UserId user, UserId? addedBy, DateTimeOffset addedAt)
    {
        (WorkspaceId, ConversationId) = (conversation.WorkspaceId, conversation.Id);
        (UserId, AddedById, AddedAt) = (user, addedBy, addedAt);
    }

    /// <summary>The business it belongs to.</summary>
    public WorkspaceId WorkspaceId { get; private set; }

    /// <summary>The conversation.</summary>
    public long ConversationId { get; private set; }

    /// <summary>Who takes part.</summary>
    public UserId UserId { get; private set; }

    /// <summary>Who added them; null for a program.</summary>
    public UserId? AddedById { get; private set; }

    /// <summary>Since when (UTC).</summary>
    public DateTimeOffset AddedAt { get; private set; }
}
