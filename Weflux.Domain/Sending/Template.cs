namespace Weflux.Domain.Sending;

/// <summary>What a template is for, by the platform's rules and prices.</summary>
public enum TemplateCategory
{
    /// <summary>Offers and news: needs marketing consent.</summary>
    Marketing = 1,

    /// <summary>About something the customer did or asked for.</summary>
    Utility = 2,

    /// <summary>One-time codes.</summary>
    Authentication = 3,
}

/// <summary>A pre-approved message, which may be sent outside the service window.</summary>
/// <param name="Name">Its name, of <c>a-z 0-9 _</c>.</param>
/// <param name="Language">Its language code; <c>en</c> and <c>en_US</c> are different templates.</param>
/// <param name="Category">What it is for.</param>
/// <param name="Status">The platform's word; only <c>APPROVED</c> may be sent.</param>
/// <param name="Header">What stands above the body; null if nothing does.</param>
/// <param name="Body">The body, with <c>{{1}}</c> or <c>{{name}}</c> where its variables go.</param>
/// <param name="Footer">The words below; null if none.</param>
/// <param name="Buttons">Its buttons, in order.</param>
/// <param name="HasNamedParameters">Whether its variables have names instead of positions.</param>
/// <param name="Cards">The cards of a carousel; null or empty if it is none.</param>
/// <param name="Strange">Parts that Weflux cannot fill in, in the platform's words; null or empty if there are none.</param>
/// <param name="Examples">Example values by the id of their slot, as they were shown to the reviewer.</param>
/// <remarks>Platform rule: Cloud API, "Message templates" and "Send messages", type <c>template</c>.</remarks>
public sealed partial record Template(
    string Name,
    string Language,
    TemplateCategory Category,
    string Status,
    TemplateHeader? Header,
    string Body,
    string? Footer,
    IReadOnlyList<TemplateButton> Buttons,
    bool HasNamedParameters,
    IReadOnlyList<TemplateCard>? Cards = null,
    IReadOnlyList<string>? Strange = null,
    IReadOnlyDictionary<string, string>? Examples = null)
{
    /// <summary>What <see cref="Unwritable"/> calls a Flow button with an action or a screen.</summary>
    public const string FlowAction = "FLOW_ACTION";

    /// <summary>Parts that can be sent as they are but not be written anew, in the platform's words; null or empty if there are none.</summary>
    public IReadOnlyList<string>? Unwritable { get; init; }

    /// <summary>Whether a template for codes says not to share the code; null if that is not known.</summary>
    public bool? WarnsNotToShare { get; init; }

    /// <summary>The platform's word for a template that may be sent.</summary>
    public const string ApprovedStatus = "APPROVED";

    /// <summary>Whether the platform would take it now.</summary>
    public bool IsApproved => string.Equals(Status, ApprovedStatus, StringComparison.Ordinal);

    /// <summary>Whether it carries a one-time code, which stands in its body and in its button at once.</summary>
    public bool IsCode => Category == TemplateCategory.Authentication;

    /// <summary>Whether it is a carousel.</summary>
    public bool IsCarousel => Cards is { Count: > 0 };

    /// <summary>The names of the body's variables in the order in which they are filled: by number if they are positions, else by first appearance.</summary>
    public IReadOnlyList<string> Variables() => TemplateText.Names(Body, HasNamedParameters);

    /// <summary>The body as the customer will read it.</summary>
    /// <param name="values">One value for each of <see cref="Variables"/>, in that order.</param>
    /// <exception cref="ArgumentException">The number of values is not the number of variables.</exception>
    public string Render(IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] names = [.. Variables()];
        if (values.Count != names.Length)
        {
            throw new ArgumentException($"The template has {names.Length} variables, not {values.Count}.", nameof(values));
        }

        return TemplateText.Fill(Body, name => values[Array.IndexOf(names, name)]);
    }
}

/// <summary>What stands above a template's body.</summary>
public enum TemplateHeaderFormat
{
    /// <summary>Words, with at most one variable.</summary>
    Text = 1,

    /// <summary>A picture.</summary>
    Image = 2,

    /// <summary>A film.</summary>
    Video = 3,

    /// <summary>A file.</summary>
    Document = 4,

    /// <summary>A place.</summary>
    Location = 5,
}

/// <summary>The header of a template.</summary>
/// <param name="Format">What it is.</param>
/// <param name="Text">Its words; null unless it is words.</param>
public sealed record TemplateHeader(TemplateHeaderFormat Format, string? Text = null)
{
    /// <summary>Whether it is a file, which must be supplied with every send.</summary>
    public bool IsFile => Format is TemplateHeaderFormat.Image or TemplateHeaderFormat.Video or TemplateHeaderFormat.Document;
}

/// <summary>What a button of a template does.</summary>
public enum TemplateButtonKind
{
    /// <summary>Answers with its label.</summary>
    QuickReply = 1,

    /// <summary>Opens an address, which may end in a variable.</summary>
    Url = 2,

    /// <summary>Calls a number.</summary>
    Phone = 3,

    /// <summary>Copies a coupon code.</summary>
    CopyCode = 4,

    /// <summary>Opens a Flow.</summary>
    Flow = 5,

    /// <summary>Copies or fills in a one-time code.</summary>
    OneTimeCode = 6,

    /// <summary>Asks for the customer's own number.</summary>
    RequestContact = 7,

    /// <summary>Something that Weflux cannot fill in.</summary>
    Other = 8,
}

/// <summary>A button of a template.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Text">Its label.</param>
/// <param name="Url">The address it opens, with a variable at its end if it has one.</param>
/// <param name="Phone">The number it calls.</param>
/// <param name="FlowId">The Flow it opens.</param>
public sealed record TemplateButton(TemplateButtonKind Kind, string Text, string? Url = null, string? Phone = null, string? FlowId = null)
{
    /// <summary>Whether its address has a variable.</summary>
    public bool HasVariable => Url is not null && TemplateText.Names(Url, named: true).Count > 0;
}

/// <summary>One card of a carousel.</summary>
/// <param name="Header">The picture or film on it.</param>
/// <param name="Body">Its words.</param>
/// <param name="Buttons">Its buttons.</param>
public sealed record TemplateCard(TemplateHeader? Header, string Body, IReadOnlyList<TemplateButton> Buttons);

/// <summary>The platform's limits of a template.</summary>
/// <remarks>Platform rule: "Message templates", components.</remarks>
public static class TemplateLimits
{
    /// <summary>The longest name.</summary>
    public const int Name = 512;

    /// <summary>The longest header of words, filled in.</summary>
    public const int Header = 60;

    /// <summary>The longest body, filled in.</summary>
    public const int Body = 1024;

    /// <summary>The longest body of a card, filled in.</summary>
    public const int CardBody = 160;

    /// <summary>The longest footer.</summary>
    public const int Footer = 60;

    /// <summary>The most buttons of all kinds.</summary>
    public const int Buttons = 10;

    /// <summary>The most buttons that open an address.</summary>
    public const int UrlButtons = 2;

    /// <summary>The most buttons that call, and the most that copy a code.</summary>
    public const int PhoneButtons = 1;

    /// <summary>The longest label of a button.</summary>
    public const int Label = 25;

    /// <summary>The longest address, filled in.</summary>
    public const int Url = 2000;

    /// <summary>The longest one-time code.</summary>
    public const int Code = 15;

    /// <summary>The fewest cards of a carousel.</summary>
    public const int FewestCards = 2;

    /// <summary>The most cards of a carousel.</summary>
    public const int MostCards = 10;

    /// <summary>The most spaces in a row that a value may hold.</summary>
    public const int Spaces = 4;
}
