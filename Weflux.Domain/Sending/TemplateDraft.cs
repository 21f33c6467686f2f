namespace Weflux.Domain.Sending;

/// <summary>A template that somebody writes, before the platform has seen it.</summary>
/// <param name="Template">What it says; its status does not count. <see cref="Template.Examples"/> holds an example for each slot.</param>
/// <param name="HeaderHandle">The platform's handle of the sample file of its header; null if there is none.</param>
/// <param name="CardHandles">The same for each card.</param>
/// <param name="Code">What is chosen of a template for one-time codes; null for others.</param>
public sealed record TemplateDraft(
    Template Template,
    string? HeaderHandle = null,
    IReadOnlyList<string?>? CardHandles = null,
    CodeChoices? Code = null);

/// <summary>What can be chosen of a template for one-time codes. Its words are the platform's own.</summary>
/// <param name="WarnsNotToShare">Whether it says not to share the code.</param>
/// <param name="ExpiresAfterMinutes">After how many minutes it says that the code expires; null if it says nothing.</param>
/// <param name="ButtonText">The label of the button that copies the code.</param>
public sealed record CodeChoices(bool WarnsNotToShare, int? ExpiresAfterMinutes, string ButtonText)
{
    /// <summary>The most minutes that may be named.</summary>
    public const int MostMinutes = 90;
}

/// <summary>What is wrong with a part of a template.</summary>
public enum DraftFaultKind
{
    /// <summary>It is empty.</summary>
    Missing = 1,

    /// <summary>It is longer than the platform takes.</summary>
    TooLong = 2,

    /// <summary>It holds characters that may not be there.</summary>
    NotAllowed = 3,

    /// <summary>It begins or ends with a variable.</summary>
    VariableAtTheEdge = 4,

    /// <summary>Two variables stand side by side.</summary>
    VariablesSideBySide = 5,

    /// <summary>Its positions are not 1, 2, 3 and so on.</summary>
    PositionsWithGaps = 6,

    /// <summary>A variable's name is none, or braces are left open.</summary>
    BrokenVariable = 7,

    /// <summary>There are more variables than may be here.</summary>
    TooManyVariables = 8,

    /// <summary>There are too many of them.</summary>
    TooMany = 9,

    /// <summary>There are too few of them.</summary>
    TooFew = 10,

    /// <summary>Quick replies and other buttons are mixed.</summary>
    Mixed = 11,

    /// <summary>It is no address that begins with https or http.</summary>
    NotALink = 12,

    /// <summary>It is no phone number with its country code.</summary>
    NotAPhone = 13,

    /// <summary>The variable of an address does not stand at its end.</summary>
    VariableNotAtTheEnd = 14,

    /// <summary>The cards are not all alike.</summary>
    CardsDiffer = 15,

    /// <summary>The number is out of its range.</summary>
    OutOfRange = 16,

    /// <summary>Two buttons have the same label.</summary>
    SameLabel = 17,
}

/// <summary>Something that is wrong with a template that somebody writes.</summary>
/// <param name="Field">Where: <c>name</c>, <c>language</c>, <c>header</c>, <c>body</c>, <c>footer</c>, <c>buttons</c>, <c>button.0.url</c>, <c>card.1.body</c>, <c>example.</c> with the id of a slot, and so on.</param>
/// <param name="Kind">What.</param>
/// <param name="Most">The limit that is passed, if it is one.</param>
public sealed record DraftFault(string Field, DraftFaultKind Kind, int Most = 0);
