namespace Weflux.Domain.Conversations;

/// <summary>What a message refers to: a quoted message, a forward, a product or the advertisement it came from.</summary>
/// <param name="QuotedWhatsAppId">The WhatsApp id of the message quoted; it may be unknown to us.</param>
/// <param name="IsForwarded">Forwarded, up to five times.</param>
/// <param name="IsFrequentlyForwarded">Forwarded more than five times.</param>
/// <param name="ProductId">The retailer's id of the product asked about.</param>
/// <param name="Referral">The advertisement or post that led here.</param>
/// <param name="Participant">Who said it, in a group; null outside of groups.</param>
public sealed record MessageContext(
    string? QuotedWhatsAppId = null,
    bool IsForwarded = false,
    bool IsFrequentlyForwarded = false,
    string? ProductId = null,
    Referral? Referral = null,
    GroupParticipant? Participant = null);

/// <summary>A person of a group.</summary>
/// <param name="Name">What the person calls themselves; null if not told.</param>
/// <param name="WhatsAppId">The digits of the number; null if the person hides it.</param>
public sealed record GroupParticipant(string? Name, string? WhatsAppId);

/// <summary>A click-to-WhatsApp advertisement or post.</summary>
/// <param name="SourceType"><c>ad</c> or <c>post</c>.</param>
/// <param name="SourceId">The platform's id of it.</param>
/// <param name="SourceUrl">Where it stands.</param>
/// <param name="Headline">Its headline.</param>
/// <param name="Body">Its words.</param>
/// <param name="ClickId">The click id, missing for advertisements in WhatsApp Status.</param>
/// <param name="Media">The picture or film of it; null if none was told.</param>
/// <param name="WelcomeMessage">The greeting that the advertisement showed; null for none.</param>
public sealed record Referral(
    string SourceType, string SourceId, string SourceUrl, string? Headline, string? Body, string? ClickId,
    ReferralMedia? Media = null, string? WelcomeMessage = null);

/// <summary>What an advertisement shows. Its addresses are strangers' and are opened by nobody but a person.</summary>
/// <param name="Type"><c>image</c> or <c>video</c>; null if not told.</param>
/// <param name="ImageUrl">The picture.</param>
/// <param name="VideoUrl">The film.</param>
/// <param name="ThumbnailUrl">A picture of the film.</param>
public sealed record ReferralMedia(string? Type, string? ImageUrl, string? VideoUrl, string? ThumbnailUrl);
