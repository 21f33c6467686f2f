namespace Weflux.Domain.Contacts;

/// <summary>What of a contact stands where, kept so that lists of a million need not work it out: they read it off an index.</summary>
public sealed partial class Contact
{
    /// <summary>What a contact without any name is sorted by: behind all others.</summary>
    public const string Unnamed = "\uE000";

    private readonly List<ContactWord> _words = [];

    /// <summary>By what the contact is sorted; empty for one that was stored before there was such a thing, until <see cref="File"/>.</summary>
    public string SortName { get; private set; } = Unnamed;

    /// <summary>The digits of the number from the last to the first, so that last digits are found as beginnings; null if the contact hides it.</summary>
    public string? PhoneTail { get; private set; }

    /// <summary>When the contact last said something (UTC), or else was met.</summary>
    public DateTimeOffset LastSeenAt { get; private set; }

    /// <summary>What the contact allows, in one word.</summary>
    public ConsentStanding Standing { get; private set; } = ConsentStanding.Unasked;

    /// <summary>How far the business has come with the contact; null if nobody said.</summary>
    public long? StageId { get; private set; }

    /// <summary>Words that were added to the contact's names since it was read. Words of past names stay: people look for them.</summary>
    public IReadOnlyList<ContactWord> Words => _words;

    /// <summary>Moves the contact to a stage of the business.</summary>
    /// <returns>False if it was there.</returns>
    public bool MoveToStage(long? stageId)
    {
        if (StageId == stageId)
        {
            return false;
        }

        StageId = stageId;
        return true;
    }

    /// <summary>Works out anew what is kept. Only for contacts that were stored before it was.</summary>
    public void File()
    {
        LastSeenAt = Later(LastSeenAt, Later(Consent.LastWroteAt ?? FirstSeenAt, FirstSeenAt));
        FileConsent();
        FileNames([]);
    }

    private IReadOnlyList<string> NamesNow() => NameWords.Of(GivenName, ProfileName, Username);

    private void FileNames(IReadOnlyList<string> before)
    {
        var sorted = NameWords.Sort(DisplayName);
        SortName = sorted.Length > 0 ? sorted : Unnamed;
        PhoneTail = PhoneDigits is null ? null : string.Concat(PhoneDigits.Reverse());
        foreach (var word in NamesNow().Except(before, StringComparer.Ordinal))
        {
            if (!_words.Exists(w => string.Equals(w.Word, word, StringComparison.Ordinal)))
            {
                _words.Add(new ContactWord(WorkspaceId, word));
            }
        }
    }

    private void FileConsent() => Standing = Consent.IsAllStopped ? ConsentStanding.AllStopped
        : Consent.IsMarketingStopped ? ConsentStanding.MarketingStopped
        : Consent.MarketingGivenAt is not null ? ConsentStanding.Agreed
        : ConsentStanding.Unasked;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>What a contact allows, in one word, the freest first.</summary>
public enum ConsentStanding
{
    /// <summary>Nobody asked about marketing, and nothing is stopped.</summary>
    Unasked = 1,

    /// <summary>Agreed to marketing.</summary>
    Agreed = 2,

    /// <summary>Refuses marketing.</summary>
    MarketingStopped = 3,

    /// <summary>Asked for silence.</summary>
    AllStopped = 4,
}
