namespace Weflux.Domain.Conversations;

/// <summary>What stands around the buttons of an interactive message.</summary>
/// <param name="Body">The words.</param>
/// <param name="Header">A short line above; null for none.</param>
/// <param name="Footer">A short line below, in grey; null for none.</param>
public sealed record MessageFrame(string Body, string? Header = null, string? Footer = null);

/// <summary>A button that answers for the customer.</summary>
/// <param name="Id">What comes back when it is tapped; the customer never sees it.</param>
/// <param name="Title">What stands on it.</param>
public sealed record ReplyButton(string Id, string Title);

/// <summary>A message of ours with up to three buttons.</summary>
public sealed record ButtonsContent(MessageFrame Frame, IReadOnlyList<ReplyButton> Buttons) : MessageContent
{
    private protected override string SpelledKind => "interactive";

    private protected override string Words => Frame.Body;
}

/// <summary>A line of a list to choose from.</summary>
/// <param name="Id">What comes back when it is chosen.</param>
/// <param name="Title">What stands on it.</param>
/// <param name="Description">A line below; null for none.</param>
public sealed record ListRow(string Id, string Title, string? Description = null);

/// <summary>Some lines of a list under one title.</summary>
/// <param name="Title">The title; may be empty if there is only one section.</param>
/// <param name="Rows">The lines.</param>
public sealed record ListSection(string Title, IReadOnlyList<ListRow> Rows);

/// <summary>A message of ours with a list that opens.</summary>
/// <param name="Frame">The words around it.</param>
/// <param name="Button">What stands on the button that opens the list.</param>
/// <param name="Sections">The lines, in sections.</param>
public sealed record ListContent(MessageFrame Frame, string Button, IReadOnlyList<ListSection> Sections) : MessageContent
{
    private protected override string SpelledKind => "interactive";

    private protected override string Words => Frame.Body;
}

/// <summary>A message of ours with one button that opens a web address.</summary>
/// <param name="Frame">The words around it.</param>
/// <param name="Label">What stands on the button.</param>
/// <param name="Url">Where it leads.</param>
public sealed record LinkButtonContent(MessageFrame Frame, string Label, string Url) : MessageContent
{
    private protected override string SpelledKind => "interactive";

    private protected override string Words => Frame.Body;
}

/// <summary>We ask the customer where they are.</summary>
public sealed record LocationRequestContent(string Body) : MessageContent
{
    private protected override string SpelledKind => "interactive";

    private protected override string Words => Body;
}

/// <summary>One product of the catalogue.</summary>
/// <param name="CatalogId">The catalogue's id at Meta.</param>
/// <param name="ProductId">The retailer's id of the product.</param>
/// <param name="Body">Words with it; null for none.</param>
/// <param name="Footer">A short line below; null for none.</param>
public sealed record ProductContent(string CatalogId, string ProductId, string? Body, string? Footer) : MessageContent
{
    private protected override string SpelledKind => "interactive";

    private protected override string Words => Body ?? "";
}

/// <summary>Some products under one title.</summary>
/// <param name="Title">The title.</param>
/// <param name="ProductIds">The retailer's ids.</param>
public sealed record ProductSection(string Title, IReadOnlyList<string> ProductIds);

/// <summary>Several products of the catalogue.</summary>
/// <param name="Frame">The words around them; the header is needed.</param>
/// <param name="CatalogId">The catalogue's id at Meta.</param>
/// <param name="Sections">The products, in sections.</param>
public sealed record ProductListContent(MessageFrame Frame, string CatalogId, IReadOnlyList<ProductSection> Sections) : MessageContent
{
    private protected override string SpelledKind => "interactive";

    private protected override string Words => Frame.Body;
}
