using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Weflux.Web.Api.Working;

[Description("Who is to hold the conversation, or which team it is to belong to: one of the two.")]
public sealed record ApiAssign
{
    /// <summary>The <see cref="TeamId"/> that stands for none.</summary>
    public const long NoTeam = 0;

    [Description("An active member, as `GET /api/v1/members` lists them; null, without a team, to give it to nobody.")]
    public long? MemberId { get; init; }

    [Description("A team, as `GET /api/v1/teams` lists them; 0 to take it from its team. Whoever holds it keeps it only if they are in the team.")]
    public long? TeamId { get; init; }

    internal Work.AssignTo? To => (MemberId, TeamId) switch
    {
        ({ } member, _) => Work.AssignTo.Member(new Domain.Team.UserId(member)),
        (null, NoTeam) => Work.AssignTo.NoTeam,
        (null, { } team) => Work.AssignTo.Team(team),
        _ => null,
    };
}

[Description("Why the conversation is closed. All of it may be left out.")]
public sealed record ApiClose
{
    [Description("One of the workspace's reasons, as `GET /api/v1/labels` lists them.")]
    public long? ReasonId { get; init; }

    [Description("What to say beside it, at most 200 characters on one line.")]
    public string? Words { get; init; }
}

[Description("Until when the conversation is put off.")]
public sealed record ApiSnooze
{
    [Description("ISO 8601 with its offset from UTC, such as `2026-11-27T09:00:00Z`: from one minute to 366 days from now.")]
    public DateTimeOffset? Until { get; init; }
}

[Description("What members tell each other beside the messages.")]
public sealed record ApiNoteToWrite
{
    [Description("At most 4000 characters. `@{7}` mentions the member 7.")]
    public string? Text { get; init; }
}

[Description("A contact, found by its number or added.")]
public sealed record ApiContactToSave
{
    [Description("The number with its country code, such as `+919876500000`. Whoever is known under one of its spellings is that contact.")]
    public string? Phone { get; init; }

    [Description("What the business calls the contact, at most 200 characters. Left out, it stays; an empty one brings back the name from WhatsApp.")]
    public string? Name { get; init; }

    [Description("The lifecycle stage, by its name or its id as text, as `GET /api/v1/contact-fields` lists them. Left out, it stays; an empty one takes it away.")]
    public string? Stage { get; init; }

    [Description("What fields say, by key: a number, true or false, a day as `2026-11-26`, or words; null empties one. Those left out stay.")]
    public IReadOnlyDictionary<string, JsonElement>? Fields { get; init; }

    [Description("Words to put on the contact, at most 40 characters each. Those that are there stay.")]
    public IReadOnlyList<string>? AddTags { get; init; }

    [Description("Words to take off.")]
    public IReadOnlyList<string>? RemoveTags { get; init; }
}

[Description("What to change of a contact. What is left out stays.")]
public sealed record ApiContactChange
{
    [Description("What the business calls the contact, at most 200 characters. An empty one brings back the name from WhatsApp.")]
    public string? Name { get; init; }

    [Description("The lifecycle stage, by its name or its id as text. An empty one takes it away.")]
    public string? Stage { get; init; }

    [Description("What fields say, by key: a number, true or false, a day as `2026-11-26`, or words; null empties one.")]
    public IReadOnlyDictionary<string, JsonElement>? Fields { get; init; }

    [Description("Words to put on the contact.")]
    public IReadOnlyList<string>? AddTags { get; init; }

    [Description("Words to take off.")]
    public IReadOnlyList<string>? RemoveTags { get; init; }
}

[Description("What a contact decided outside of WhatsApp, with the evidence.")]
public sealed record ApiConsentToRecord
{
    [Description("What it is about.")]
    [AllowedValues("marketing", "all_messages")]
    public string? Purpose { get; init; }

    [Description("What was decided. Consent to marketing does not lift a stop of all messages.")]
    [AllowedValues("given", "stopped")]
    public string? Decision { get; init; }

    [Description("Where the contact said so.")]
    [AllowedValues("website", "shop", "phone", "email", "paper", "other")]
    public string? Way { get; init; }

    [Description("The exact words that the contact agreed to or said, at most 1000 characters: they are the proof.")]
    public string? Words { get; init; }

    [Description("The day on which it was, such as `2026-11-26`.")]
    public DateOnly? On { get; init; }
}

[Description("A member of the workspace.")]
public sealed record ApiMember(
    [property: Description("The member's id.")]
    long Id,
    string Name,
    [property: AllowedValues("agent", "manager", "admin")]
    string Role);

[Description("A team of the workspace.")]
public sealed record ApiTeam(
    [property: Description("The team's id.")]
    long Id,
    string Name,
    [property: Description("The active members who are in it.")]
    IReadOnlyList<long> MemberIds);

[Description("The words of the workspace for working conversations.")]
public sealed record ApiWorkWords(
    [property: Description("The labels.")]
    IReadOnlyList<Reading.ApiLabel> Labels,
    [property: Description("The reasons for closing.")]
    IReadOnlyList<ApiCloseReason> CloseReasons);

[Description("A reason for closing.")]
public sealed record ApiCloseReason(
    long Id,
    string Name);

[Description("What the workspace keeps of contacts.")]
public sealed record ApiContactWords(
    [property: Description("The fields in use.")]
    IReadOnlyList<ApiContactField> Fields,
    [property: Description("The lifecycle stages in use, in their order.")]
    IReadOnlyList<Reading.ApiStage> Stages);

[Description("A field of contacts.")]
public sealed record ApiContactField(
    [property: Description("What programs call it. It stays when the name changes.")]
    string Key,
    string Name,
    [property: AllowedValues("text", "number", "date", "yes_no", "choice", "link")]
    string Type,
    [property: Description("What can be chosen; empty unless the type is `choice`.")]
    IReadOnlyList<string> Choices);
