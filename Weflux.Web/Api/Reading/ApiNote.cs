using System.ComponentModel;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;

namespace Weflux.Web.Api.Reading;

/// <summary>A note as the API tells it.</summary>
[Description("What members tell each other beside the messages. The customer never gets it.")]
public sealed record ApiNote(
    [property: Description("The note's id.")]
    long Id,
    long ConversationId,
    [property: Description("The member who wrote it; null if a program did.")]
    long? AuthorId,
    [property: Description("The name of the API key that wrote it; null if a member did.")]
    string? ApiKey,
    [property: Description("What it says. A member who is mentioned stands in it as `@{7}`, by id. Empty once deleted.")]
    string Text,
    [property: Description("When it was written. UTC.")]
    DateTime WrittenAt,
    [property: Description("When it was last edited; null if never. UTC.")]
    DateTime? EditedAt,
    [property: Description("When it was deleted; null if not. UTC.")]
    DateTime? DeletedAt)
{
    internal static ApiNote Of(Note note, bool seesNumbers) => new(
        note.Id,
        note.ConversationId,
        note.Program is null ? note.AuthorId.Value : null,
        note.Program,
        seesNumbers ? note.Text : PhoneNumber.MaskIn(note.Text),
        note.WrittenAt.UtcDateTime,
        note.EditedAt?.UtcDateTime,
        note.DeletedAt?.UtcDateTime);
}
