using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Contacts;

namespace Weflux.Web.AddressBook;

/// <summary>What a contact allows, how we know, and the form that records what was decided elsewhere.</summary>
public sealed partial class ConsentPart
{
    private static readonly (ConsentPurpose Purpose, ConsentDecision Decision, string Words)[] Decisions =
    [
        (ConsentPurpose.Marketing, ConsentDecision.Given, "Agreed to marketing messages"),
        (ConsentPurpose.Marketing, ConsentDecision.Stopped, "Wants no marketing messages"),
        (ConsentPurpose.AllMessages, ConsentDecision.Stopped, "Wants no messages at all"),
        (ConsentPurpose.AllMessages, ConsentDecision.Given, "Wants messages again"),
    ];

    private string _way = "";
    private string _words = "";
    private DateOnly? _day;
    private int _what;
    private bool _isRecording;

    protected override Task<Lines<ConsentLine>?> ReadAsync(Actor actor, ConsentLine? last) =>
        Query.ConsentsAsync(actor, Profile.Id, last?.Id ?? long.MaxValue);

    private void Begin() => (_isRecording, _what, _way, _words, _day, Fault) = (true, 0, "", "", Clock.DayOf(Time.GetUtcNow()), null);

    private async Task SaveAsync()
    {
        var (purpose, decision) = _what > 0 && _what <= Decisions.Length ? (Decisions[_what - 1].Purpose, Decisions[_what - 1].Decision) : default;
        if (await ActAsync(actor => Record.ExecuteAsync(actor, Profile.Id, new ConsentRecord(purpose, decision, _way, _words, _day))))
        {
            _isRecording = false;
        }
    }

    private static string Decision(ConsentLine line) => (line.Purpose, line.Decision) switch
    {
        (ConsentPurpose.Marketing, ConsentDecision.Given) => "Agreed to marketing",
        (ConsentPurpose.Marketing, _) => "Stopped marketing",
        (_, ConsentDecision.Given) => "Wants messages",
        _ => "Asked for silence",
    };

    private static string Source(ConsentLine line) => line.Source switch
    {
        ConsentSource.Words => "By a word in a message",
        ConsentSource.PlatformPreference => "By a preference in WhatsApp",
        ConsentSource.PlatformRefusal => "WhatsApp refused a message and said so",
        _ => $"Recorded by {line.Actor ?? "a program"}",
    };
}
