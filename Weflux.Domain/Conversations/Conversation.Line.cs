namespace Weflux.Domain.Conversations;

/// <summary>What lists show of a conversation.</summary>
public sealed partial class Conversation
{
    /// <summary>Stands between who spoke in a group and what was said: it has no width, and no message keeps it.</summary>
    public const char SpeakerMark = '\u2063';

    /// <summary>Added to the kind of an edit or a withdrawal of somebody else's message, which changed nothing.</summary>
    public const string Refused = "_refused";

    private const int LastLineLength = 200;
    private const int SpeakerLength = 40;

    /// <summary>A message changed its status; the list shows the newest one's.</summary>
    public void ShowStatus(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Sequence == LastSequence)
        {
            LastStatus = message.Status;
            LastWhatsAppId = message.WhatsAppId;
        }

        Version++;
    }

    /// <summary>What a message says became known after it was stored.</summary>
    public void ShowContent(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Sequence == LastSequence)
        {
            LastKind = message.Content.LineKind;
            LastLine = LineOf(message);
        }

        Version++;
    }

    /// <summary>What waits to be sent later in this thread has changed.</summary>
    public void ShowScheduled() => Version++;

    /// <summary>What lists show of the contact, a name or a consent, has changed.</summary>
    public void ShowContact() => Version++;

    private void Show(Message message, bool isRefused = false)
    {
        Version++;
        if (LastSequence != 0 && (message.SaidAt, message.Sequence).CompareTo((LastActivityAt, LastSequence)) < 0)
        {
            return;
        }

        LastActivityAt = message.SaidAt;
        LastSequence = message.Sequence;
        LastWhatsAppId = message.WhatsAppId;
        LastKind = message.Content.LineKind + (isRefused ? Refused : "");
        LastDirection = message.Direction;
        LastStatus = message.Status;
        LastLine = LineOf(message);
    }

    private string LineOf(Message message) =>
        Shorten(Speaker(message) + message.Content.Line.Replace($"{SpeakerMark}", "", StringComparison.Ordinal));

    private string Speaker(Message message) => IsGroup && message.Context?.Participant?.Name is { Length: > 0 } name
        ? name.Replace($"{SpeakerMark}", "", StringComparison.Ordinal).Cut(SpeakerLength) + SpeakerMark
        : "";

    private static string Shorten(string text) => text.ReplaceLineEndings(" ").WithoutControls().Trim().Cut(LastLineLength);
}
