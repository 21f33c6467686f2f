using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Domain.Contacts;

/// <summary>What a contact wants to get: by a word, by a preference in WhatsApp, or as a person records it.</summary>
public sealed partial class Contact
{
    /// <summary>The contact said something: a stop word asks for silence, a start word lifts it, anything else shows that the contact still writes to us.</summary>
    /// <param name="content">What was said.</param>
    /// <param name="words">The words of this workspace.</param>
    /// <param name="whatsAppId">The platform's id of the message.</param>
    /// <param name="at">When the contact said it (UTC).</param>
    public ConsentEntry? HearWords(MessageContent content, OptOutWords words, string whatsAppId, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(words);
        LastSeenAt = Later(LastSeenAt, at);
        var entry = Heed(content, words, whatsAppId, at);
        FileConsent();
        return entry;
    }

    private ConsentEntry? Heed(MessageContent content, OptOutWords words, string whatsAppId, DateTimeOffset at)
    {
        if (!content.OpensWindow)
        {
            return null;
        }

        var (word, evidence) = Read(content, words);
        if (word == OptOutWord.Stop)
        {
            return Consent.StopAll(at) ? Entry(ConsentDecision.Stopped) : null;
        }

        Consent.Write(at);
        return word == OptOutWord.Start && Consent.Start(at) ? Entry(ConsentDecision.Given) : null;

        ConsentEntry Entry(ConsentDecision decision) =>
            new(this, ConsentPurpose.AllMessages, decision, ConsentSource.Words, evidence, whatsAppId, null, at);
    }

    /// <summary>The contact stopped or resumed marketing in WhatsApp itself.</summary>
    /// <param name="isStopped">Stopped, or resumed.</param>
    /// <param name="source">How we know: a preference or a refusal.</param>
    /// <param name="detail">The platform's words.</param>
    /// <param name="at">When (UTC).</param>
    public ConsentEntry? HearMarketingPreference(bool isStopped, ConsentSource source, string detail, DateTimeOffset at)
    {
        var isNews = isStopped ? Consent.StopMarketing(MarketingStop.Platform, at) : Consent.ResumeMarketing(at);
        FileConsent();
        return isNews
            ? new ConsentEntry(this, ConsentPurpose.Marketing, isStopped ? ConsentDecision.Stopped : ConsentDecision.Given, source, detail, null, null, at)
            : null;
    }

    /// <summary>A person records what the contact decided by another road.</summary>
    /// <param name="purpose">What it is about.</param>
    /// <param name="decision">What was decided. Consent to marketing does not lift a stop of all messages.</param>
    /// <param name="evidence">Where and how the contact said so; only a stop of marketing may go without.</param>
    /// <param name="actor">Who records it; null if a program does.</param>
    /// <param name="at">When it was decided (UTC).</param>
    /// <exception cref="ArgumentException">Consent, or a stop of all messages, without evidence.</exception>
    public ConsentEntry Record(ConsentPurpose purpose, ConsentDecision decision, string evidence, UserId? actor, DateTimeOffset at)
    {
        if ((purpose, decision) != (ConsentPurpose.Marketing, ConsentDecision.Stopped) && string.IsNullOrWhiteSpace(evidence))
        {
            throw new ArgumentException("This decision needs its evidence: where and how the contact said so.", nameof(evidence));
        }

        switch (purpose, decision)
        {
            case (ConsentPurpose.AllMessages, ConsentDecision.Stopped):
                Consent.StopAll(at);
                break;
            case (ConsentPurpose.AllMessages, _):
                Consent.Start(at);
                break;
            case (_, ConsentDecision.Stopped):
                Consent.StopMarketing(MarketingStop.Person, at);
                break;
            default:
                Consent.GiveMarketing(at);
                break;
        }

        FileConsent();
        return new ConsentEntry(this, purpose, decision, ConsentSource.Person, evidence, null, actor, at);
    }

    // The names of places, files and cards are not the customer's words: a shop named "Alto" is no wish for silence.
    // A button's hidden payload can ask for silence, as the platform's policy demands, but never lift it.
    private static (OptOutWord Word, string Evidence) Read(MessageContent content, OptOutWords words)
    {
        var said = content switch
        {
            LocationContent or ContactCardsContent or FlowReplyContent => "",
            DocumentContent document => document.Caption ?? "",
            _ => content.Text,
        };
        var payload = content switch
        {
            TemplateButtonContent button => button.Payload,
            ButtonReplyContent reply => reply.Id,
            ListReplyContent choice => choice.Id,
            _ => "",
        };
        var word = words.Read(said);
        return word != OptOutWord.Stop && words.Read(payload) == OptOutWord.Stop ? (OptOutWord.Stop, payload) : (word, said);
    }
}
