namespace Weflux.Domain.Team;

/// <summary>What holds for asking a colleague or a team to take a conversation over.</summary>
public static class HandOverRules
{
    /// <summary>How long those who are asked have in a new workspace, in minutes.</summary>
    public const int DefaultMinutes = 10;

    /// <summary>The shortest time that can be set, in minutes.</summary>
    public const int FewestMinutes = 1;

    /// <summary>The longest time that can be set, in minutes: a day.</summary>
    public const int MostMinutes = 24 * 60;

    /// <summary>Most characters of the reason, in UTF-16 units.</summary>
    public const int MaxReason = Conversations.ConversationEvent.MaxWords;

    /// <summary>Whether so many minutes can be set.</summary>
    public static bool IsSound(int minutes) => minutes is >= FewestMinutes and <= MostMinutes;
}
