namespace Weflux.Web.Live;

/// <summary>What somebody does with a conversation at this moment.</summary>
public enum Doing
{
    /// <summary>Nothing: the person has left it, or looks elsewhere.</summary>
    Nothing,

    /// <summary>Has it open in front.</summary>
    Looking,

    /// <summary>Writes a reply or a note in it.</summary>
    Writing,
}

/// <summary>One notice of who is with a conversation: ids, never a name or a word. It is kept nowhere and lapses by itself.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="UserId">Who.</param>
/// <param name="Seat">The screen: a person can have several.</param>
/// <param name="Doing">What the person does there.</param>
public sealed record TogetherHint(long ConversationId, long UserId, Guid Seat, Doing Doing);
