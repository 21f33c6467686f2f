using Weflux.Domain.Contacts;

namespace Weflux.Web.Contacts;

/// <summary>What screens say of fields.</summary>
public static class FieldWords
{
    /// <summary>Every type, in the order in which it is offered.</summary>
    public static IReadOnlyList<ContactFieldType> Types { get; } =
        [ContactFieldType.Text, ContactFieldType.Number, ContactFieldType.Date, ContactFieldType.YesNo, ContactFieldType.Choice, ContactFieldType.Link];

    public static string Of(ContactFieldType type) => type switch
    {
        ContactFieldType.Text => "Text",
        ContactFieldType.Number => "Number",
        ContactFieldType.Date => "Date",
        ContactFieldType.YesNo => "Yes or no",
        ContactFieldType.Choice => "One of a list",
        _ => "Link",
    };

    /// <summary>What is wrong with a value, and what to do.</summary>
    public static string Of(FieldFault fault, string field) => fault switch
    {
        FieldFault.TooLong => $"{field}: at most {ContactFieldRules.ValueLength} characters.",
        FieldFault.Controls => $"{field}: one line, without control characters.",
        FieldFault.NoNumber => $"{field}: digits, with a point before decimals, such as 1250.50.",
        FieldFault.NoDate => $"{field}: choose a day that exists.",
        FieldFault.NoYesNo => $"{field}: choose yes or no.",
        FieldFault.NotInList => $"{field}: choose one of the list.",
        FieldFault.NoLink => $"{field}: an address that begins with https:// or http://.",
        _ => "",
    };

    /// <summary>A consent standing in words.</summary>
    public static string Of(ConsentStanding standing) => standing switch
    {
        ConsentStanding.Agreed => "Agreed to marketing",
        ConsentStanding.MarketingStopped => "Stopped marketing",
        ConsentStanding.AllStopped => "Asked for silence",
        _ => "Not asked about marketing",
    };
}
