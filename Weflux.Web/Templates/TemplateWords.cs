using System.Globalization;
using Weflux.Domain.Sending;

namespace Weflux.Web.Templates;

/// <summary>Templates in plain words.</summary>
public static class TemplateWords
{
    /// <summary>The platform's word for a pause that only a person ends.</summary>
    public const string RatePause = "RATE_LIMITING_PAUSE";

    public static string Category(TemplateCategory category) => category switch
    {
        TemplateCategory.Utility => "Utility",
        TemplateCategory.Authentication => "One-time codes",
        _ => "Marketing",
    };

    /// <summary>What sending it costs, without a rate: Meta's rates differ by country and change each quarter.</summary>
    public static string Cost(TemplateCategory category) => category switch
    {
        TemplateCategory.Utility => "Meta charges its utility rate for each one delivered",
        TemplateCategory.Authentication => "Meta charges its authentication rate for each one delivered",
        _ => "Meta charges its marketing rate, the highest, for each one delivered",
    };

    public static string Status(string status) => status.ToUpperInvariant() switch
    {
        "APPROVED" => "Approved",
        "PENDING" => "In review",
        "REJECTED" => "Rejected",
        "PAUSED" => "Paused",
        "DISABLED" => "Disabled",
        "IN_APPEAL" => "In appeal",
        "PENDING_DELETION" => "Being deleted",
        "DELETED" => "Deleted",
        "LIMIT_EXCEEDED" => "Over the limit",
        "ARCHIVED" => "Archived",
        "LOCKED" => "Locked",
        "UNARCHIVED" => "Out of the archive",
        _ => Plain(status),
    };

    /// <summary>What one can do about a status; null if nothing.</summary>
    public static string? WayOut(string status, string? reason = null) => status.ToUpperInvariant() switch
    {
        "PENDING" => "Meta decides within 24 hours, mostly within minutes. This page shows it by itself.",
        "REJECTED" => "Edit it and it goes to review again, or appeal at Meta.",
        "PAUSED" when reason == RatePause => "Meta stopped it while it looked how customers take the first messages. It stays paused until somebody takes it up again.",
        "PAUSED" when reason == "FIRST_PAUSE" => "Customers blocked or reported it. Meta takes it up again after three hours. Make it more welcome before that.",
        "PAUSED" when reason == "SECOND_PAUSE" => "Customers blocked or reported it again. Meta takes it up again after six hours; the next time it is disabled. Make it more welcome before that.",
        "PAUSED" => "Customers blocked or reported it. After three hours, then six, Meta takes it up again; the third time it is disabled. Make it more welcome before that.",
        "DISABLED" => "It cannot be used again. Make a new one.",
        "ARCHIVED" => "It was not used for long. Meta deletes it after 28 days unless it is taken out of the archive there.",
        "LIMIT_EXCEEDED" => "The account has too many templates. Delete some.",
        _ => null,
    };

    public static bool IsTrouble(string status) =>
        status.ToUpperInvariant() is not ("APPROVED" or "PENDING" or "IN_APPEAL" or "PENDING_DELETION" or "DELETED" or "UNARCHIVED" or "UNPAUSED");

    public static string? Quality(string? quality) => quality?.ToUpperInvariant() switch
    {
        null or "UNKNOWN" => null,
        "GREEN" => "High",
        "YELLOW" => "Medium",
        "RED" => "Low",
        _ => Plain(quality),
    };

    public static string StatusChange(string status, string? reason) =>
        $"Meta: {Status(status).ToLowerInvariant()}{(reason is null ? "" : $" ({Inside(reason)})")}.";

    public static string CategoryChange(TemplateCategory before, TemplateCategory after) =>
        $"Meta moved it from {Category(before).ToLowerInvariant()} to {Category(after).ToLowerInvariant()}.";

    /// <summary>A reason inside a sentence: our words begin small, those that Meta wrote stay as they are.</summary>
    public static string Inside(string reason) => reason.Contains(' ', StringComparison.Ordinal) ? reason.TrimEnd('.') : char.ToLowerInvariant(Reason(reason)[0]) + Reason(reason)[1..];

    /// <summary>Why it was rejected or paused.</summary>
    public static string Reason(string reason) => reason.ToUpperInvariant() switch
    {
        "ABUSIVE_CONTENT" => "Abusive content",
        "INCORRECT_CATEGORY" => "Wrong category",
        "INVALID_FORMAT" => "Wrong format",
        "PROMOTIONAL" => "It advertises, but is not in the category marketing",
        "SCAM" => "It looks like fraud",
        "TAG_CONTENT_MISMATCH" => "Its words do not fit its language or category",
        "FIRST_PAUSE" => "Paused for three hours",
        "SECOND_PAUSE" => "Paused for six hours",
        "RATE_LIMITING_PAUSE" => "Paused by pacing",
        "UNPAUSE" => "The pause is over",
        _ => reason.Contains(' ', StringComparison.Ordinal) ? reason : Plain(reason),
    };

    /// <summary>A part that Weflux cannot fill in.</summary>
    public static string Strange(string part) => part.ToUpperInvariant() switch
    {
        "LIMITED_TIME_OFFER" => "a limited-time offer",
        "CATALOG" or "MPM" or "SPM" or "PRODUCT_CARDS" => "products of a catalogue",
        "VOICE_CALL" => "a call button",
        "CALL_PERMISSION_REQUEST" => "a request to call",
        "ORDER_DETAILS" => "an order to pay",
        Template.FlowAction => "a Flow that begins on a screen of its choice",
        "ONE_TAP" => "a code that is filled in by one tap",
        "ZERO_TAP" => "a code that is filled in by itself",
        _ => $"a part named {Plain(part).ToLowerInvariant()}",
    };

    /// <summary>Why Weflux cannot write a template anew, be it as an edit or as a copy: parts of it would be lost. Null if it can.</summary>
    public static string? WhyNotWritten(Template template)
    {
        var buttons = template.Buttons.Concat((template.Cards ?? []).SelectMany(c => c.Buttons));
        var parts = (template.Strange ?? []).Concat(template.Unwritable ?? []).Select(Strange).Distinct(StringComparer.Ordinal).ToList();
        if (parts.Count == 0 && buttons.Any(b => b.Kind == TemplateButtonKind.Other || (b.Kind == TemplateButtonKind.OneTimeCode && !template.IsCode)))
        {
            parts.Add("a button of another kind");
        }

        return parts.Count == 0 ? null : $"It has {string.Join(" and ", parts)}, which Weflux cannot write. Edit or copy it in Meta's WhatsApp Manager.";
    }

    public static string Button(TemplateButtonKind kind) => kind switch
    {
        TemplateButtonKind.QuickReply => "Quick reply",
        TemplateButtonKind.Url => "Open an address",
        TemplateButtonKind.Phone => "Call a number",
        TemplateButtonKind.CopyCode => "Copy a coupon code",
        TemplateButtonKind.Flow => "Open a Flow",
        TemplateButtonKind.OneTimeCode => "Copy the code",
        TemplateButtonKind.RequestContact => "Ask for the number",
        _ => "Other",
    };

    public static string Header(TemplateHeaderFormat format) => format switch
    {
        TemplateHeaderFormat.Text => "Text",
        TemplateHeaderFormat.Image => "Picture",
        TemplateHeaderFormat.Video => "Video",
        TemplateHeaderFormat.Document => "Document",
        _ => "Location",
    };

    /// <summary>What a slot is called beside its field.</summary>
    public static string Slot(Template template, TemplateSlot slot)
    {
        var of = slot.Card is { } card ? $", card {card + 1}" : "";
        var button = slot.Button is { } index ? (slot.Card is { } at ? template.Cards![at].Buttons : template.Buttons)[index].Text : "";
        var named = template.HasNamedParameters ? slot.Name.Replace('_', ' ') : $"Value {slot.Name}";
        return slot.Kind switch
        {
            TemplateSlotKind.Text when slot.IsInHeader => $"{named} (header{of})",
            TemplateSlotKind.Text => named + of,
            TemplateSlotKind.Image => $"Picture{of}",
            TemplateSlotKind.Video => $"Video{of}",
            TemplateSlotKind.Document => $"Document{of}",
            TemplateSlotKind.Location => $"Location{of}",
            TemplateSlotKind.UrlEnding => $"End of the address of “{button}”{of}",
            TemplateSlotKind.Coupon => $"Coupon code{of}",
            _ => "Code",
        };
    }

    /// <param name="fault">What is wrong.</param>
    /// <param name="isFile">Whether it is in a place for a file.</param>
    public static string Fault(SlotFault fault, bool isFile = false) => fault.Kind switch
    {
        SlotFaultKind.Missing when isFile => "Choose a file.",
        SlotFaultKind.Missing => "Fill this in.",
        SlotFaultKind.NotAllowed => "WhatsApp takes no line breaks, tabs or rows of spaces here.",
        SlotFaultKind.TooLong => $"Too long: with it the text has more than {fault.Most.ToString("N0", CultureInfo.InvariantCulture)} characters.",
        SlotFaultKind.NotALink => "Enter a whole https address, such as https://example.com/menu.pdf.",
        SlotFaultKind.NoSuchPlace => "Enter a latitude from −90 to 90 and a longitude from −180 to 180.",
        _ => "This does not belong here.",
    };

    /// <param name="fault">What is wrong.</param>
    /// <param name="isFile">Whether it is in a place for a file.</param>
    public static string Fault(DraftFault fault, bool isFile = false) => fault.Kind switch
    {
        DraftFaultKind.Missing when isFile => "Choose a file: the reviewer needs a sample.",
        DraftFaultKind.Missing => "Fill this in.",
        DraftFaultKind.TooLong => $"Too long. WhatsApp takes {fault.Most.ToString("N0", CultureInfo.InvariantCulture)} characters.",
        DraftFaultKind.NotAllowed when fault.Field == "name" => "Use small letters a to z, digits and _ only.",
        DraftFaultKind.NotAllowed when fault.Field == "language" => "Choose a language.",
        DraftFaultKind.NotAllowed => "This holds characters that WhatsApp does not take here.",
        DraftFaultKind.VariableAtTheEdge => "A variable may not stand at the beginning or the end. Put words around it.",
        DraftFaultKind.VariablesSideBySide => "Two variables stand side by side. Put words between them.",
        DraftFaultKind.PositionsWithGaps => "Number the variables 1, 2, 3 and so on, without gaps.",
        DraftFaultKind.BrokenVariable => "A variable is written wrongly. Write {{1}}. For names such as {{first_name}}, with small letters and _, tick “Variables have names”.",
        DraftFaultKind.TooManyVariables => fault.Most == 0 ? "No variables are allowed here." : "Only one variable is allowed here.",
        DraftFaultKind.TooMany => $"Too many. WhatsApp takes {fault.Most}.",
        DraftFaultKind.TooFew => $"Too few. WhatsApp wants {fault.Most}.",
        DraftFaultKind.Mixed => "Keep quick replies together, before or after all other buttons.",
        DraftFaultKind.NotALink => "Enter a whole https address, such as https://example.com/menu.pdf.",
        DraftFaultKind.NotAPhone => "Enter the number with its country code, such as +91 98765 43210.",
        DraftFaultKind.VariableNotAtTheEnd => "The variable must stand at the end of the address, as {{1}}.",
        DraftFaultKind.CardsDiffer => "All cards need the same kind of header and the same kinds of buttons.",
        DraftFaultKind.OutOfRange => $"Enter 1 to {fault.Most}.",
        DraftFaultKind.SameLabel => "Another button has this label already.",
        _ => "WhatsApp would not take this.",
    };

    internal static string Plain(string word) =>
        word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..].Replace('_', ' ').ToLowerInvariant();
}
