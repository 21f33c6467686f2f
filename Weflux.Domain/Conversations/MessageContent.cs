using System.Text.Json.Serialization;

namespace Weflux.Domain.Conversations;

/// <summary>
/// What a message says: a closed family, one type for each kind that the Cloud API knows, and
/// <see cref="UnsupportedContent"/> for everything else.
/// </summary>
/// <remarks>Platform rule: Cloud API webhooks, field <c>messages</c>, and "Send messages".</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TextContent), "text")]
[JsonDerivedType(typeof(ImageContent), "image")]
[JsonDerivedType(typeof(VideoContent), "video")]
[JsonDerivedType(typeof(AudioContent), "audio")]
[JsonDerivedType(typeof(DocumentContent), "document")]
[JsonDerivedType(typeof(StickerContent), "sticker")]
[JsonDerivedType(typeof(LocationContent), "location")]
[JsonDerivedType(typeof(ContactCardsContent), "contacts")]
[JsonDerivedType(typeof(ButtonReplyContent), "button_reply")]
[JsonDerivedType(typeof(ListReplyContent), "list_reply")]
[JsonDerivedType(typeof(FlowReplyContent), "nfm_reply")]
[JsonDerivedType(typeof(CallPermissionReplyContent), "call_permission_reply")]
[JsonDerivedType(typeof(TemplateButtonContent), "button")]
[JsonDerivedType(typeof(OrderContent), "order")]
[JsonDerivedType(typeof(ReactionContent), "reaction")]
[JsonDerivedType(typeof(SystemContent), "system")]
[JsonDerivedType(typeof(EditContent), "edit")]
[JsonDerivedType(typeof(RevokeContent), "revoke")]
[JsonDerivedType(typeof(TemplateContent), "template")]
[JsonDerivedType(typeof(UnsupportedContent), "unsupported")]
[JsonDerivedType(typeof(ButtonsContent), "buttons")]
[JsonDerivedType(typeof(ListContent), "list")]
[JsonDerivedType(typeof(LinkButtonContent), "cta_url")]
[JsonDerivedType(typeof(LocationRequestContent), "location_request_message")]
[JsonDerivedType(typeof(ProductContent), "product")]
[JsonDerivedType(typeof(ProductListContent), "product_list")]
public abstract record MessageContent
{
    private protected MessageContent()
    {
    }

    /// <summary>The kind's name as the platform spells it.</summary>
    [JsonIgnore]
    public string Kind => SpelledKind;

    /// <summary>The kind as people tell kinds apart: a voice note is another thing than a sound file, which the platform calls alike.</summary>
    [JsonIgnore]
    public string ShownKind => this is AudioContent { IsVoice: true } ? "voice" : SpelledKind;

    /// <summary>The words in it that a person wrote or chose, for the list, search and stop words; empty if there are none.</summary>
    [JsonIgnore]
    public string Text => Words;

    /// <summary>The kind as the list of conversations tells it: nearer than the platform's where one name stands for unlike things.</summary>
    [JsonIgnore]
    public string LineKind => NearKind;

    /// <summary>What the list of conversations tells beside the kind; empty for nothing. Never a phone number that the platform wrote.</summary>
    [JsonIgnore]
    public string Line => Brief;

    /// <summary>The platform's id of the message that this one is about and changes: a reaction, an edit or a withdrawal; null if none.</summary>
    [JsonIgnore]
    public string? TargetWhatsAppId => this switch
    {
        ReactionContent reaction => reaction.MessageId,
        EditContent edit => edit.OriginalMessageId,
        RevokeContent revoke => revoke.OriginalMessageId,
        _ => null,
    };

    /// <summary>The words by which search finds it, with the names of files and people; empty for what search passes over, such as notices that spell out numbers.</summary>
    [JsonIgnore]
    public string SearchText => this switch
    {
        SystemContent or ReactionContent or RevokeContent or UnsupportedContent => "",
        EditContent edit => edit.Content.SearchText,
        DocumentContent document => Together(document.Caption, document.FileName),
        LocationContent place => Together(place.Name, place.Address),
        ContactCardsContent cards => Together([.. cards.Cards.SelectMany(c => new[] { c.Name, c.Organization })]),
        FlowReplyContent => Together(Words, Brief),
        _ => Words,
    };

    /// <summary>Whether it is an act of the customer that opens or extends the service window.</summary>
    /// <remarks>A reaction, an edit, a withdrawal and a system notice do not: the platform does not say they do, and a window shown open too long loses messages.</remarks>
    [JsonIgnore]
    public bool OpensWindow => IsAct;

    /// <summary>Whether the customer has spoken, so that somebody should answer.</summary>
    [JsonIgnore]
    public bool AsksForReply => IsSpeech;

    // JsonIgnore is not inherited by overrides, so the kinds override these, which JSON never sees.
    private protected abstract string SpelledKind { get; }

    private protected virtual string Words => "";

    private protected virtual string NearKind => ShownKind;

    private protected virtual string Brief => Words;

    private protected virtual bool IsAct => true;

    private protected virtual bool IsSpeech => IsAct;

    private static string Together(params IEnumerable<string?> parts) => string.Join('\n', parts.Where(p => !string.IsNullOrEmpty(p)));
}

/// <summary>A file that the platform keeps for a while under an id.</summary>
/// <param name="Id">The media id, valid for 7 days when it came by webhook.</param>
/// <param name="MimeType">The type as claimed by the sender; never to be trusted.</param>
/// <param name="Sha256">The hash as announced; empty if none was.</param>
/// <param name="FileId">The file in our own store, for what we send; null for what came by webhook, whose file belongs to its message.</param>
public sealed record MediaReference(string Id, string MimeType, string Sha256, long? FileId = null);

/// <summary>Plain words.</summary>
/// <param name="Body">At most 4096 UTF-16 units when sent.</param>
/// <param name="PreviewUrl">Whether the first link shows a preview.</param>
public sealed record TextContent(string Body, bool PreviewUrl = false) : MessageContent
{
    /// <summary>The most characters (UTF-16 units) of a text message. Source: Cloud API, text messages.</summary>
    public const int MaxLength = 4096;

    private protected override string SpelledKind => "text";

    private protected override string Words => Body;
}

/// <summary>A picture.</summary>
public sealed record ImageContent(MediaReference Media, string? Caption) : MessageContent
{
    private protected override string SpelledKind => "image";

    private protected override string Words => Caption ?? "";
}

/// <summary>A film.</summary>
public sealed record VideoContent(MediaReference Media, string? Caption) : MessageContent
{
    private protected override string SpelledKind => "video";

    private protected override string Words => Caption ?? "";
}

/// <summary>A sound; a voice note if it was recorded in WhatsApp.</summary>
public sealed record AudioContent(MediaReference Media, bool IsVoice) : MessageContent
{
    private protected override string SpelledKind => "audio";
}

/// <summary>A file.</summary>
public sealed record DocumentContent(MediaReference Media, string? FileName, string? Caption) : MessageContent
{
    private protected override string SpelledKind => "document";

    private protected override string Words => Caption ?? FileName ?? "";
}

/// <summary>A sticker.</summary>
public sealed record StickerContent(MediaReference Media, bool IsAnimated) : MessageContent
{
    private protected override string SpelledKind => "sticker";
}

/// <summary>A place, in degrees.</summary>
public sealed record LocationContent(double Latitude, double Longitude, string? Name, string? Address, string? Url) : MessageContent
{
    private protected override string SpelledKind => "location";

    private protected override string Words => Name ?? Address ?? "";
}

/// <summary>One address-book card.</summary>
/// <param name="Name">The name on it; empty if the card has none.</param>
/// <param name="Phones">Numbers as typed.</param>
/// <param name="Emails">Addresses as typed.</param>
/// <param name="Organization">Where the person works.</param>
/// <param name="More">What else stands on it; null for nothing.</param>
public sealed record ContactCard(
    string Name, IReadOnlyList<string> Phones, IReadOnlyList<string> Emails, string? Organization, CardDetails? More = null);

/// <summary>What else stands on an address-book card.</summary>
/// <param name="Addresses">Postal addresses.</param>
/// <param name="Urls">Web addresses as typed.</param>
/// <param name="Birthday">As it came, usually year, month and day.</param>
/// <param name="Department">Where in the organisation.</param>
/// <param name="Title">As what.</param>
/// <param name="NameParts">The parts of the name; null if only the whole is known.</param>
public sealed record CardDetails(
    IReadOnlyList<CardAddress> Addresses, IReadOnlyList<string> Urls, string? Birthday, string? Department, string? Title, CardName? NameParts);

/// <summary>The parts of a name.</summary>
public sealed record CardName(string? Prefix, string? First, string? Middle, string? Last, string? Suffix);

/// <summary>A postal address.</summary>
public sealed record CardAddress(string? Street, string? City, string? State, string? Zip, string? Country)
{
    /// <summary>In one line.</summary>
    [JsonIgnore]
    public string Text => string.Join(", ", new[] { Street, string.Join(' ', new[] { Zip, City }.Where(p => !string.IsNullOrEmpty(p))), State, Country }
        .Where(part => !string.IsNullOrEmpty(part)));
}

/// <summary>Address-book cards.</summary>
/// <param name="Cards">The cards.</param>
/// <param name="IsOwnNumber">Whether the sender answered our request for his own number, so that the card speaks of the sender.</param>
public sealed record ContactCardsContent(IReadOnlyList<ContactCard> Cards, bool IsOwnNumber) : MessageContent
{
    private protected override string SpelledKind => "contacts";

    private protected override string Words => string.Join(", ", Cards.Select(c => c.Name).Where(n => n.Length > 0));
}

/// <summary>A tap on a reply button of ours.</summary>
public sealed record ButtonReplyContent(string Id, string Title) : MessageContent
{
    private protected override string SpelledKind => "interactive";

    private protected override string Words => Title;
}

/// <summary>A choice from a list of ours.</summary>
public sealed record ListReplyContent(string Id, string Title, string? Description) : MessageContent
{
    private protected override string SpelledKind => "interactive";

    private protected override string Words => Title;
}

/// <summary>Answers to a Flow or an address form.</summary>
/// <param name="Name">Which form: <c>flow</c> or <c>address_message</c>.</param>
/// <param name="Body">The words shown in the chat.</param>
/// <param name="ResponseJson">The answers, a JSON document as text, as it came.</param>
public sealed record FlowReplyContent(string Name, string Body, string ResponseJson) : MessageContent
{
    /// <summary>Whether the customer filled in an address.</summary>
    [JsonIgnore]
    public bool IsAddress => string.Equals(Name, "address_message", StringComparison.Ordinal);

    private protected override string SpelledKind => "interactive";

    private protected override string Words => Body;

    private protected override string NearKind => IsAddress ? "address" : "form";

    // The platform's own word for it is "Sent", which tells nothing.
    private protected override string Brief => FirstAnswer.Of(ResponseJson);
}

/// <summary>The customer's answer to whether we may call.</summary>
/// <param name="IsAccepted">Whether we may.</param>
/// <param name="ExpiresAt">Until when (UTC); null if not said.</param>
public sealed record CallPermissionReplyContent(bool IsAccepted, DateTimeOffset? ExpiresAt) : MessageContent
{
    private protected override string SpelledKind => "interactive";

    private protected override string NearKind => IsAccepted ? "calls_allowed" : "calls_refused";
}

/// <summary>A tap on a quick-reply button of a template.</summary>
public sealed record TemplateButtonContent(string Payload, string Label) : MessageContent
{
    private protected override string SpelledKind => "button";

    private protected override string Words => Label;
}

/// <summary>One line of an order.</summary>
/// <param name="ProductId">The retailer's id of the product.</param>
/// <param name="Quantity">How many.</param>
/// <param name="ItemPrice">The price of one, in units of <paramref name="Currency"/>; null if none was told.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record OrderItem(string ProductId, decimal Quantity, decimal? ItemPrice, string Currency)
{
    /// <summary>The price of the line; null if none was told.</summary>
    [JsonIgnore]
    public decimal? Price => Quantity * ItemPrice;
}

/// <summary>An order from the catalogue.</summary>
public sealed record OrderContent(string CatalogId, string? Note, IReadOnlyList<OrderItem> Items) : MessageContent
{
    /// <summary>What the lines with a price come to, by currency.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Currency, decimal Sum)> Totals =>
        [.. Items.Where(i => i.Price is not null).GroupBy(i => i.Currency, StringComparer.Ordinal).Select(g => (g.Key, g.Sum(i => i.Price!.Value)))];

    /// <summary>How many lines there are, in words.</summary>
    [JsonIgnore]
    public string Count => Items.Count switch
    {
        0 => "no products",
        1 => "1 product",
        var count => FormattableString.Invariant($"{count} products"),
    };

    private protected override string SpelledKind => "order";

    private protected override string Words => Note ?? "";

    private protected override string Brief => string.Join(
        " · ", new[] { Count }.Concat(Totals.Select(t => Money.Write(t.Sum, t.Currency))).Append(Words).Where(part => part.Length > 0));
}

/// <summary>A reaction to a message, or its removal.</summary>
/// <param name="MessageId">The WhatsApp id of the message reacted to.</param>
/// <param name="Emoji">The reaction; null if it was taken back.</param>
public sealed record ReactionContent(string MessageId, string? Emoji) : MessageContent
{
    private protected override string SpelledKind => "reaction";

    private protected override string Words => Emoji ?? "";

    private protected override bool IsAct => false;

    // A thumbs-up is often the whole answer.
    private protected override bool IsSpeech => Emoji is not null;
}

/// <summary>A notice of the platform: the customer's number, user id or identity changed.</summary>
/// <param name="Event">The platform's name of it, such as <c>user_changed_number</c>.</param>
/// <param name="Body">The platform's words.</param>
/// <param name="NewWhatsAppId">The new number's id, if it changed.</param>
/// <param name="NewUserId">The new business-scoped user id, if it changed.</param>
public sealed record SystemContent(string Event, string Body, string? NewWhatsAppId, string? NewUserId) : MessageContent
{
    private protected override string SpelledKind => "system";

    private protected override string Words => Body;

    private protected override string Brief => Event;

    private protected override bool IsAct => false;
}

/// <summary>The customer changed an earlier message.</summary>
/// <param name="OriginalMessageId">The WhatsApp id of the message changed.</param>
/// <param name="Content">What it says now.</param>
public sealed record EditContent(string OriginalMessageId, MessageContent Content) : MessageContent
{
    private protected override string SpelledKind => "edit";

    private protected override string Words => Content.Text;

    private protected override string Brief => Content is UnsupportedContent ? "" : Content.Line;

    private protected override bool IsAct => false;

    private protected override bool IsSpeech => true;
}

/// <summary>The customer withdrew an earlier message.</summary>
/// <param name="OriginalMessageId">The WhatsApp id of the message withdrawn.</param>
public sealed record RevokeContent(string OriginalMessageId) : MessageContent
{
    private protected override string SpelledKind => "revoke";

    private protected override bool IsAct => false;
}

/// <summary>Something that the platform or Weflux cannot show. Its name and its faults are kept, so that nobody loses sight of it.</summary>
/// <param name="KindName">The kind's name as it came; <c>unsupported</c> if the platform did not say.</param>
/// <param name="Errors">The platform's explanations, if any.</param>
public sealed record UnsupportedContent(string KindName, IReadOnlyList<PlatformFault> Errors) : MessageContent
{
    private protected override string SpelledKind => "unsupported";

    /// <summary>Whether the platform announces that a file of imported history comes later.</summary>
    [JsonIgnore]
    public bool IsPlaceholder => KindName == "media_placeholder";

    private protected override string Brief => KindName;

    // What does not open the window when it is handed over does not open it when only its name is.
    private protected override bool IsAct => KindName is not ("edit" or "reaction" or "revoke" or "pin" or "keep_in_chat");

    private protected override bool IsSpeech => KindName is not ("revoke" or "pin" or "keep_in_chat");
}

/// <summary>An error as the platform reports it.</summary>
/// <param name="Code">The number to branch on.</param>
/// <param name="Title">The platform's short words.</param>
/// <param name="Details">The platform's long words; null if none.</param>
public sealed record PlatformFault(int Code, string Title, string? Details);
