using Weflux.Domain.Team;

namespace Weflux.Domain.Sending;

/// <summary>Whether a message may be sent, and if not, why and what instead: a closed family.</summary>
public abstract record SendDecision
{
    private protected SendDecision()
    {
    }

    /// <summary>Whether it may be sent.</summary>
    public bool IsAllowed => this is Allowed;
}

/// <summary>It may be sent.</summary>
/// <param name="IsMarked">The contact asked for silence and wrote afterwards: an answer is allowed, and the person sees a mark.</param>
public sealed record Allowed(bool IsMarked = false) : SendDecision;

/// <summary>The window is closed: only an approved template may be sent.</summary>
/// <param name="ClosedAt">When it closed (UTC); null if it was never open.</param>
public sealed record NeedsTemplate(DateTimeOffset? ClosedAt) : SendDecision;

/// <summary>The contact does not want it.</summary>
/// <param name="Since">When the contact said so (UTC); null if marketing consent was never given.</param>
/// <param name="Reason">What the contact said.</param>
public sealed record OptedOut(DateTimeOffset? Since, OptOutReason Reason) : SendDecision;

/// <summary>Why a contact does not want a message.</summary>
public enum OptOutReason
{
    /// <summary>Asked for silence: nothing may be sent, no template either, until the contact writes.</summary>
    AllStopped = 1,

    /// <summary>Refuses marketing.</summary>
    MarketingStopped = 2,

    /// <summary>Never agreed to marketing.</summary>
    NoMarketingConsent = 3,
}

/// <summary>The person may not send here.</summary>
public sealed record NotPermitted : SendDecision;

/// <summary>The contact must not be written to.</summary>
/// <param name="IsBlocked">We blocked the contact; otherwise processing is restricted on the contact's request.</param>
public sealed record Restricted(bool IsBlocked) : SendDecision;

/// <summary>It is the thread of a group, which can be read here and not written into.</summary>
public sealed record GroupIsReadOnly : SendDecision;

/// <summary>The number cannot send at the moment.</summary>
/// <param name="State">What is wrong with it.</param>
public sealed record ConnectionNotReady(ConnectionState State) : SendDecision;

/// <summary>The message itself is wrong.</summary>
/// <param name="Reason">What is wrong.</param>
/// <param name="Length">How long the text is, in UTF-16 units, or how many there are.</param>
/// <param name="Limit">The most that is allowed; 0 where there is no number.</param>
public sealed record Invalid(InvalidReason Reason, int Length = 0, int Limit = 0) : SendDecision;

/// <summary>What is wrong with a message.</summary>
public enum InvalidReason
{
    /// <summary>It says nothing.</summary>
    Empty = 1,

    /// <summary>The text is longer than <see cref="Conversations.TextContent.MaxLength"/>.</summary>
    TooLong = 2,

    /// <summary>It is of a kind that we cannot send.</summary>
    NotSendable = 3,

    /// <summary>The template is not approved now.</summary>
    TemplateNotApproved = 4,

    /// <summary>A variable of the template has no value, or there are values without a variable.</summary>
    TemplateValueMissing = 5,

    /// <summary>A value holds a line break, a tab or more than four spaces in a row.</summary>
    TemplateValueNotAllowed = 6,

    /// <summary>Filled in, the template is longer than <see cref="TemplateLimits.Body"/>.</summary>
    TemplateTooLong = 7,

    /// <summary>No template of the account has this name.</summary>
    TemplateUnknown = 8,

    /// <summary>The template is there, and not in this language.</summary>
    TemplateLanguageUnknown = 9,

    /// <summary>A link to a file of the template is no whole address of https.</summary>
    TemplateLinkNotWhole = 10,

    /// <summary>The template has no such place, or a value of another kind stands there.</summary>
    TemplatePlaceUnknown = 11,

    /// <summary>The words around the buttons are missing.</summary>
    BodyMissing = 20,

    /// <summary>The words around the buttons are too long.</summary>
    BodyTooLong = 21,

    /// <summary>The header is missing where one is needed.</summary>
    HeaderMissing = 22,

    /// <summary>The header is too long.</summary>
    HeaderTooLong = 23,

    /// <summary>The footer is too long.</summary>
    FooterTooLong = 24,

    /// <summary>There is no button.</summary>
    NoButtons = 25,

    /// <summary>There are too many buttons.</summary>
    TooManyButtons = 26,

    /// <summary>A button says nothing.</summary>
    ButtonTitleMissing = 27,

    /// <summary>What a button says is too long.</summary>
    ButtonTitleTooLong = 28,

    /// <summary>Two buttons say the same.</summary>
    ButtonTitlesEqual = 29,

    /// <summary>A button or line has no id.</summary>
    IdMissing = 30,

    /// <summary>The id of a button or line is too long.</summary>
    IdTooLong = 31,

    /// <summary>Two buttons or lines have the same id.</summary>
    IdsEqual = 32,

    /// <summary>The button that opens the list says nothing.</summary>
    ListButtonMissing = 33,

    /// <summary>What the button that opens the list says is too long.</summary>
    ListButtonTooLong = 34,

    /// <summary>The list has no line, or a section has none.</summary>
    NoRows = 35,

    /// <summary>The list has too many lines.</summary>
    TooManyRows = 36,

    /// <summary>There are too many sections.</summary>
    TooManySections = 37,

    /// <summary>One of several sections has no title.</summary>
    SectionTitleMissing = 38,

    /// <summary>The title of a section is too long.</summary>
    SectionTitleTooLong = 39,

    /// <summary>A line says nothing.</summary>
    RowTitleMissing = 40,

    /// <summary>What a line says is too long.</summary>
    RowTitleTooLong = 41,

    /// <summary>The description of a line is too long.</summary>
    RowDescriptionTooLong = 42,

    /// <summary>The link's button says nothing.</summary>
    LinkLabelMissing = 43,

    /// <summary>What the link's button says is too long.</summary>
    LinkLabelTooLong = 44,

    /// <summary>The link is no full web address of http or https.</summary>
    LinkNotWeb = 45,

    /// <summary>The latitude is no number from -90 to 90.</summary>
    LatitudeOutOfRange = 46,

    /// <summary>The longitude is no number from -180 to 180.</summary>
    LongitudeOutOfRange = 47,

    /// <summary>There is no contact card.</summary>
    NoCards = 48,

    /// <summary>There are too many contact cards.</summary>
    TooManyCards = 49,

    /// <summary>A contact card has no name.</summary>
    CardNameMissing = 50,

    /// <summary>A contact card has no phone number, or one that is none.</summary>
    CardPhoneInvalid = 51,

    /// <summary>The reaction is not one single emoji.</summary>
    NotAnEmoji = 52,

    /// <summary>There is no message of the customer to react to.</summary>
    ReactionTargetUnknown = 53,

    /// <summary>The message is too old to be reacted to.</summary>
    ReactionTooLate = 54,

    /// <summary>The catalogue is not named.</summary>
    CatalogMissing = 55,

    /// <summary>No product is named.</summary>
    ProductMissing = 56,

    /// <summary>There are too many products.</summary>
    TooManyProducts = 57,

    /// <summary>The message to be quoted is not in this conversation, or WhatsApp has not named it yet.</summary>
    QuoteUnknown = 58,

    /// <summary>A message of this kind quotes none.</summary>
    QuoteNotPossible = 59,

    /// <summary>A message of this kind has no header.</summary>
    HeaderNotPossible = 60,

    /// <summary>A message of this kind has no footer.</summary>
    FooterNotPossible = 61,

    /// <summary>The name or the address of a place is longer than <see cref="PlainLimits.PlaceText"/>.</summary>
    PlaceTooLong = 62,

    /// <summary>Something on a contact card is longer than <see cref="PlainLimits.CardText"/>.</summary>
    CardTooLong = 63,

    /// <summary>A contact card has more numbers or addresses than <see cref="PlainLimits.MostCardLines"/>.</summary>
    TooManyCardLines = 64,

    /// <summary>The id of a product or catalogue is longer than <see cref="ProductLimits.Id"/>.</summary>
    ProductIdTooLong = 65,

    /// <summary>The address behind a button is longer than <see cref="InteractiveLimits.Link"/>.</summary>
    LinkTooLong = 66,

    /// <summary>The caption is longer than <see cref="MediaLimits.CaptionLength"/>.</summary>
    CaptionTooLong = 70,

    /// <summary>A file of this kind has no words below it.</summary>
    CaptionNotPossible = 73,

    /// <summary>The file is not there, or not the sender's.</summary>
    FileMissing = 71,

    /// <summary>The file cannot be sent as this kind.</summary>
    FileNotFitting = 72,
}

/// <summary>Whether a number can send.</summary>
public enum ConnectionState
{
    /// <summary>It can.</summary>
    Ready = 1,

    /// <summary>An admin paused it.</summary>
    Paused = 2,

    /// <summary>Its token or the number itself was refused.</summary>
    Broken = 3,

    /// <summary>It was disconnected; its history stays.</summary>
    Disconnected = 4,

    /// <summary>It was just connected, and no message has come through yet to prove it.</summary>
    Waiting = 5,
}

/// <summary>A colleague has answered since it was begun: its writer sees that first, and decides.</summary>
/// <param name="Colleague">Who answered.</param>
/// <param name="MessageId">With what.</param>
/// <param name="Sequence">The place of that message in the order: whoever knows it is not asked about it again.</param>
/// <param name="At">When (UTC).</param>
public sealed record ColleagueAnswered(UserId Colleague, long MessageId, long Sequence, DateTimeOffset At) : SendDecision;
