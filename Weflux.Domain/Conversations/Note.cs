using System.Globalization;
using System.Text.RegularExpressions;
using Weflux.Domain.Team;

namespace Weflux.Domain.Conversations;

/// <summary>Something that members tell each other beside the messages. It never reaches the customer.</summary>
public sealed class Note
{
    /// <summary>Most characters of a note, in UTF-16 units.</summary>
    public const int MaxLength = 4_000;

    /// <summary>Most files of a note.</summary>
    public const int MostFiles = 10;

    private Note()
    {
        Text = "";
    }

    /// <summary>The key in the database.</summary>
    public long Id { get; private set; }

    /// <summary>The business it belongs to.</summary>
    public WorkspaceId WorkspaceId { get; private set; }

    /// <summary>The conversation.</summary>
    public long ConversationId { get; private set; }

    /// <summary>Who wrote it; nobody (zero) if a program did.</summary>
    public UserId AuthorId { get; private set; }

    /// <summary>What the API key is called that wrote it, if a program did; null otherwise.</summary>
    public string? Program { get; private set; }

    /// <summary>The draft that it was: the same one makes one note.</summary>
    public Guid DraftId { get; private set; }

    /// <summary>What it says; whom it mentions stands in it by number, see <see cref="NoteText"/>. Empty once deleted, and where its files say all.</summary>
    public string Text { get; private set; }

    /// <summary>When it was written (UTC).</summary>
    public DateTimeOffset WrittenAt { get; private set; }

    /// <summary>When it was last edited (UTC); null if never.</summary>
    public DateTimeOffset? EditedAt { get; private set; }

    /// <summary>When its author deleted it (UTC); null if not.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>The workspace's change counter when it was written or last changed.</summary>
    public long ChangeSequence { get; private set; }

    /// <summary>A new note.</summary>
    /// <param name="conversation">Where.</param>
    /// <param name="author">Who writes it; nobody (zero) if a program does.</param>
    /// <param name="draftId">The draft that it was.</param>
    /// <param name="text">What it says; may be empty if it has files.</param>
    /// <param name="now">When (UTC).</param>
    /// <param name="changeSequence">The workspace's change counter.</param>
    /// <param name="program">What the API key is called that writes it; null if a person does.</param>
    /// <param name="hasFiles">Whether files go with it.</param>
    public static Note Write(
        Conversation conversation,
        UserId author,
        Guid draftId,
        string text,
        DateTimeOffset now,
        long changeSequence,
        string? program = null,
        bool hasFiles = false)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(text);
        return new Note
        {
            WorkspaceId = conversation.WorkspaceId,
            ConversationId = conversation.Id,
            AuthorId = author,
            Program = program?.Cut(ConversationEvent.MaxProgram),
            DraftId = draftId,
            Text = hasFiles && text.IsBlank() ? "" : NoteText.Checked(text),
            WrittenAt = now,
            ChangeSequence = changeSequence,
        };
    }

    /// <summary>Says something else from now on.</summary>
    /// <returns>False if it is deleted or says that already.</returns>
    public bool Edit(string text, DateTimeOffset now, long changeSequence)
    {
        var said = NoteText.Checked(text);
        if (DeletedAt is not null || string.Equals(said, Text, StringComparison.Ordinal))
        {
            return false;
        }

        (Text, EditedAt, ChangeSequence) = (said, now, changeSequence);
        return true;
    }

    /// <summary>Takes the words away; that there was a note stays.</summary>
    /// <returns>False if it is deleted already.</returns>
    public bool Delete(DateTimeOffset now, long changeSequence)
    {
        if (DeletedAt is not null)
        {
            return false;
        }

        (Text, DeletedAt, ChangeSequence) = ("", now, changeSequence);
        return true;
    }
}

/// <summary>A piece of a note: words, or somebody who is mentioned.</summary>
/// <param name="Words">The words; for somebody the mark as it was written.</param>
/// <param name="Member">Who is mentioned; null for words.</param>
public readonly record struct NotePiece(string Words, UserId? Member);

/// <summary>How the text of a note is kept. Somebody who is mentioned stands in it as <c>@{7}</c>, so that a new name shows everywhere.</summary>
public static partial class NoteText
{
    /// <summary>Most people that one note mentions.</summary>
    public const int MostMentions = 50;

    /// <summary>Whether somebody can write this: it says something and is not too long.</summary>
    public static bool Fits(string? text) => text is not null && text.Length <= Note.MaxLength && !text.IsBlank();

    /// <summary>How somebody stands in a note.</summary>
    public static string Mark(UserId member) => $"@{{{member}}}";

    /// <summary>The pieces of a text, in their order.</summary>
    public static IEnumerable<NotePiece> Pieces(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Split(text);
    }

    /// <summary>Everybody whom a text names, each once.</summary>
    public static IReadOnlyList<UserId> Mentions(string text) => [.. Pieces(text).Select(p => p.Member).OfType<UserId>().Distinct()];

    internal static string Checked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Fits(text) ? text.Trim() : throw new ArgumentException("A note says something and has at most 4,000 characters.", nameof(text));
    }

    private static IEnumerable<NotePiece> Split(string text)
    {
        var at = 0;
        foreach (Match match in MarkPattern().Matches(text))
        {
            if (!long.TryParse(match.Groups["id"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0)
            {
                continue;
            }

            if (match.Index > at)
            {
                yield return new NotePiece(text[at..match.Index], null);
            }

            yield return new NotePiece(match.Value, new UserId(id));
            at = match.Index + match.Length;
        }

        if (at < text.Length)
        {
            yield return new NotePiece(text[at..], null);
        }
    }

    [GeneratedRegex(@"@\{(?<id>[0-9]{1,18})\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex MarkPattern();
}
