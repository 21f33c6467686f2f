using System.Text;

namespace Weflux.Domain.Conversations;

/// <summary>What a piece of a canned reply is.</summary>
public enum ReplyPieceKind
{
    /// <summary>Words that stay as they are.</summary>
    Words,

    /// <summary>A place that is filled with something known, such as the contact's name.</summary>
    Value,

    /// <summary>A place that whoever puts it in is asked for.</summary>
    Question,
}

/// <summary>A piece of a canned reply.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The words, the name of the value, or the question.</param>
public readonly record struct ReplyPiece(ReplyPieceKind Kind, string Text);

/// <summary>What is wrong with the text of a canned reply.</summary>
public enum ReplyTextFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Two braces open and nothing closes them.</summary>
    Unclosed,

    /// <summary>A place names nothing that can be filled in.</summary>
    Unknown,

    /// <summary>A question asks nothing, or too much.</summary>
    Question,
}

/// <summary>
/// Texts with places that are filled when they are put in: <c>{{contact.name}}</c>, <c>{{field.city}}</c>, or
/// <c>{{?Which day}}</c>, which is asked for. What fills a place is never read for places again.
/// </summary>
public static class ReplyText
{
    /// <summary>The contact's name.</summary>
    public const string ContactName = "contact.name";

    /// <summary>The first word of the contact's name.</summary>
    public const string ContactFirstName = "contact.first_name";

    /// <summary>Who puts it in.</summary>
    public const string AgentName = "agent.name";

    /// <summary>The business.</summary>
    public const string WorkspaceName = "workspace.name";

    /// <summary>What stands before the key of a contact's field.</summary>
    public const string Field = "field.";

    /// <summary>What stands before a question.</summary>
    public const char Ask = '?';

    /// <summary>Most UTF-16 units of a question.</summary>
    public const int MaxQuestion = 60;

    /// <summary>Most UTF-16 units of what fills a place.</summary>
    public const int MaxValue = 500;

    /// <summary>What can be filled in anywhere.</summary>
    public static IReadOnlyList<string> Values { get; } = [ContactName, ContactFirstName, AgentName, WorkspaceName];

    /// <summary>The pieces of a text, in their order. What is no place is words.</summary>
    public static IReadOnlyList<ReplyPiece> Pieces(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var pieces = new List<ReplyPiece>();
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf("{{", at, StringComparison.Ordinal);
            var close = open < 0 ? -1 : text.IndexOf("}}", open + 2, StringComparison.Ordinal);
            if (close < 0)
            {
                pieces.Add(new ReplyPiece(ReplyPieceKind.Words, text[at..]));
                break;
            }

            if (open > at)
            {
                pieces.Add(new ReplyPiece(ReplyPieceKind.Words, text[at..open]));
            }

            var inside = text[(open + 2)..close].Trim();
            pieces.Add(inside.StartsWith(Ask)
                ? new ReplyPiece(ReplyPieceKind.Question, inside[1..].Trim())
                : new ReplyPiece(ReplyPieceKind.Value, inside.ToLowerInvariant()));
            at = close + 2;
        }

        return pieces;
    }

    /// <summary>Whether every place of a text can be filled.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fields">The keys of the fields that contacts have.</param>
    /// <param name="culprit">The place that is wrong; empty if none is.</param>
    public static ReplyTextFault Check(string text, IReadOnlyCollection<string> fields, out string culprit)
    {
        ArgumentNullException.ThrowIfNull(fields);
        culprit = "";
        foreach (var piece in Pieces(text))
        {
            var fault = piece.Kind switch
            {
                ReplyPieceKind.Value when !IsKnown(piece.Text, fields) => ReplyTextFault.Unknown,
                ReplyPieceKind.Question when piece.Text.IsBlank() || piece.Text.Length > MaxQuestion || piece.Text.Any(char.IsControl) => ReplyTextFault.Question,
                ReplyPieceKind.Words when piece.Text.Contains("{{", StringComparison.Ordinal) => ReplyTextFault.Unclosed,
                _ => ReplyTextFault.None,
            };
            if (fault != ReplyTextFault.None)
            {
                culprit = piece.Kind == ReplyPieceKind.Words ? "" : piece.Text.Cut(MaxQuestion);
                return fault;
            }
        }

        return ReplyTextFault.None;
    }

    /// <summary>Fills the places of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="known">What is known of a value; null or blank for nothing.</param>
    /// <param name="answers">What was answered, by value or by question with <see cref="Ask"/> in front. A value may be answered with nothing.</param>
    public static FilledReply Fill(string text, Func<string, string?> known, IReadOnlyDictionary<string, string> answers)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(answers);
        var filled = new StringBuilder();
        var missing = new List<ReplyGap>();
        foreach (var piece in Pieces(text))
        {
            var isQuestion = piece.Kind == ReplyPieceKind.Question;
            var key = isQuestion ? Ask + piece.Text : piece.Text;
            var value = piece.Kind == ReplyPieceKind.Words ? piece.Text
                : answers.TryGetValue(key, out var answer) && !(isQuestion && answer.IsBlank()) ? answer.Cut(MaxValue)
                : isQuestion ? null
                : known(piece.Text) is { } found && !found.IsBlank() ? found.Trim() : null;
            filled.Append(value);
            if (value is null && !missing.Exists(m => string.Equals(m.Key, key, StringComparison.Ordinal)))
            {
                missing.Add(new ReplyGap(key, isQuestion));
            }
        }

        return new FilledReply(filled.ToString(), missing);
    }

    /// <summary>The first word of a name; empty for a user name and for none.</summary>
    public static string FirstName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words is [var first, ..] && !first.StartsWith('@') ? first : "";
    }

    private static bool IsKnown(string name, IReadOnlyCollection<string> fields) => Values.Contains(name, StringComparer.Ordinal)
        || (name.StartsWith(Field, StringComparison.Ordinal) && fields.Contains(name[Field.Length..], StringComparer.Ordinal));
}

/// <summary>A canned reply as it goes in.</summary>
/// <param name="Text">What it says; complete only if nothing is missing.</param>
/// <param name="Missing">What has to be asked for, each once, in order.</param>
public sealed record FilledReply(string Text, IReadOnlyList<ReplyGap> Missing);

/// <summary>A place that nothing is known for.</summary>
/// <param name="Key">By what it is answered.</param>
/// <param name="IsQuestion">Whether it is a question, so that it must be answered.</param>
public sealed record ReplyGap(string Key, bool IsQuestion)
{
    /// <summary>The question, or the name of the value.</summary>
    public string Name => IsQuestion ? Key[1..] : Key;
}
