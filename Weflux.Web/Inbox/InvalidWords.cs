using System.Globalization;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Web.Inbox;

/// <summary>What is wrong with a message, in plain words, and what to do about it.</summary>
public static class InvalidWords
{
    public static ReplyNotice Explain(Invalid invalid) => invalid.Reason switch
    {
        InvalidReason.Empty => new("There is nothing to send yet.", "Write a message first."),
        InvalidReason.TooLong => new(
            $"The message is {Characters(invalid.Length - TextContent.MaxLength)} too long. WhatsApp takes {Number(TextContent.MaxLength)}.",
            "Shorten it or send it in two parts."),
        InvalidReason.TemplateNotApproved => new("WhatsApp does not approve this template now.", "Choose another one."),
        InvalidReason.TemplateUnknown => new("There is no template of this name.", "It may have been deleted. Choose another one."),
        InvalidReason.TemplateLanguageUnknown => new("This template is not there in this language.", "Choose one of its languages, or another template."),
        InvalidReason.TemplateLinkNotWhole => new(
            "The address of a file is not a whole https address.", "Write all of it, such as https://example.com/menu.pdf, or upload the file instead."),
        InvalidReason.TemplatePlaceUnknown => new("The template has no place for one of the values.", "Choose it again and fill in every field."),
        InvalidReason.TemplateValueMissing => new("A value of the template is missing, or the template was changed meanwhile.", "Choose it again and fill in every field."),
        InvalidReason.TemplateTooLong => new("Filled in, the template is too long.", "Shorten the values."),
        InvalidReason.TemplateValueNotAllowed => new(
            "A value holds a line break, a tab or many spaces in a row.", "WhatsApp does not take those in templates."),
        InvalidReason.CaptionTooLong => new(Long(invalid, "The caption"), "Shorten it or send the words as a message of their own."),
        InvalidReason.CaptionNotPossible => new("WhatsApp shows no words below a file of this kind.", "Send the words as a message of their own."),
        InvalidReason.FileMissing => new("The file is not there any more.", "Attach it again."),
        InvalidReason.FileNotFitting => new("This file cannot be sent like this.", "Attach it again and let Weflux choose how."),
        InvalidReason.QuoteUnknown => new(
            "The message that you answer cannot be quoted.", "WhatsApp has not named it yet, or it is not in this conversation. Send without the quote."),
        InvalidReason.QuoteNotPossible => new("A message of this kind cannot quote another one.", "Send it without the quote."),
        InvalidReason.NotAnEmoji => new("A reaction is one single emoji.", "Choose one emoji and nothing else."),
        InvalidReason.ReactionTargetUnknown => new("Only a message of the customer can get a reaction.", "Choose one of theirs."),
        InvalidReason.ReactionTooLate => new("WhatsApp takes reactions only within 30 days.", "Write a reply instead."),
        InvalidReason.LatitudeOutOfRange => new("The latitude is not right.", "It is a number from -90 to 90, such as 12.9716."),
        InvalidReason.LongitudeOutOfRange => new("The longitude is not right.", "It is a number from -180 to 180, such as 77.5946."),
        InvalidReason.PlaceTooLong => new(Long(invalid, "The name or address of the place"), "Shorten it."),
        InvalidReason.NoCards => new("There is no contact card.", "Add one."),
        InvalidReason.TooManyCards => new(Many(invalid, "contact cards"), "Send them in several messages."),
        InvalidReason.CardNameMissing => new("A contact card has no name.", "Enter the name of the person."),
        InvalidReason.CardPhoneInvalid => new("A contact card has no phone number, or one that is none.", "Enter it with its country code, such as +91 98765 43210."),
        InvalidReason.CardTooLong => new(Long(invalid, "Something on a contact card"), "Shorten it."),
        InvalidReason.TooManyCardLines => new(Many(invalid, "numbers or addresses on one contact card"), "Remove some."),
        InvalidReason.ProductIdTooLong => new(Long(invalid, "The id of a product or catalogue"), "Enter it as it stands in the catalogue."),
        InvalidReason.CatalogMissing => new("No catalogue is set.", "An Admin enters its id in Settings → General."),
        InvalidReason.ProductMissing => new("A product is missing.", "Enter the id of each product as it stands in the catalogue."),
        InvalidReason.TooManyProducts => new(Many(invalid, "products"), "Send them in several messages."),
        _ => ExplainParts(invalid),
    };

    private static ReplyNotice ExplainParts(Invalid invalid) => invalid.Reason switch
    {
        InvalidReason.BodyMissing => new("The message has no words.", "Write what the customer reads above the button."),
        InvalidReason.BodyTooLong => new(Long(invalid, "The text"), "Shorten it."),
        InvalidReason.HeaderMissing => new("The header is missing.", "A message with several products needs one."),
        InvalidReason.HeaderNotPossible => new("A message of this kind has no header.", "Put its words into the text."),
        InvalidReason.FooterNotPossible => new("A message of this kind has no footer.", "Put its words into the text."),
        InvalidReason.LinkTooLong => new(Long(invalid, "The link"), "Use a shorter one."),
        InvalidReason.HeaderTooLong => new(Long(invalid, "The header"), "Shorten it."),
        InvalidReason.FooterTooLong => new(Long(invalid, "The footer"), "Shorten it."),
        InvalidReason.NoButtons => new("There is no button.", "Add one, two or three."),
        InvalidReason.TooManyButtons => new(Many(invalid, "buttons"), "Remove some, or send a list."),
        InvalidReason.ButtonTitleMissing => new("A button says nothing.", "Write what stands on it, or remove it."),
        InvalidReason.ButtonTitleTooLong => new(Long(invalid, "A button"), "Shorten what it says."),
        InvalidReason.ButtonTitlesEqual => new("Two buttons say the same.", "Change one of them."),
        InvalidReason.IdMissing => new("A button or line has no id.", "Give each one of its own."),
        InvalidReason.IdTooLong => new(Long(invalid, "An id"), "Shorten it."),
        InvalidReason.IdsEqual => new("Two buttons or lines have the same id.", "Give each one of its own."),
        InvalidReason.ListButtonMissing => new("The button that opens the list says nothing.", "Write what stands on it."),
        InvalidReason.ListButtonTooLong => new(Long(invalid, "The button that opens the list"), "Shorten what it says."),
        InvalidReason.NoRows => new("The list has no line, or one of its sections has none.", "Add a line, or remove the section."),
        InvalidReason.TooManyRows => new(Many(invalid, "lines"), "Remove some: the lines of all sections count together."),
        InvalidReason.TooManySections => new(Many(invalid, "sections"), "Remove some."),
        InvalidReason.SectionTitleMissing => new("A section has no title.", "Name each section, or use only one."),
        InvalidReason.SectionTitleTooLong => new(Long(invalid, "The title of a section"), "Shorten it."),
        InvalidReason.RowTitleMissing => new("A line of the list says nothing.", "Write what stands on it, or remove it."),
        InvalidReason.RowTitleTooLong => new(Long(invalid, "A line of the list"), "Shorten it, or put a part into its description."),
        InvalidReason.RowDescriptionTooLong => new(Long(invalid, "The description of a line"), "Shorten it."),
        InvalidReason.LinkLabelMissing => new("The button says nothing.", "Write what stands on it."),
        InvalidReason.LinkLabelTooLong => new(Long(invalid, "The button"), "Shorten what it says."),
        InvalidReason.LinkNotWeb => new("The link is not a whole web address.", "Write all of it, such as https://example.com/menu."),
        _ => new("This kind of message cannot be sent.", "Write a text instead."),
    };

    private static string Long(Invalid invalid, string what) =>
        $"{what} is {Characters(invalid.Length - invalid.Limit)} too long. WhatsApp takes {Number(invalid.Limit)}.";

    private static string Many(Invalid invalid, string what) =>
        $"There are {Number(invalid.Length)} {what}. WhatsApp takes {Number(invalid.Limit)}.";

    private static string Characters(int count) => count == 1 ? "1 character" : $"{Number(count)} characters";

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
