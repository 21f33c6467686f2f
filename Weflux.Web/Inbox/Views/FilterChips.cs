using System.Globalization;

namespace Weflux.Web.Inbox.Views;

/// <summary>One thing that a filter says.</summary>
/// <param name="Words">What.</param>
/// <param name="Without">The filter without it.</param>
public sealed record FilterChip(string Words, ViewFilter Without);

/// <summary>What a filter says, each thing for itself so that it can be taken off.</summary>
public static class FilterChips
{
    public static IEnumerable<FilterChip> Of(ViewFilter filter, ViewChoices? choices)
    {
        if (filter.AssigneeId is { } holder)
        {
            yield return new FilterChip(
                holder == ViewFilter.Nobody ? "Held by nobody" : $"Held by {Name(choices?.Holders, holder, "somebody else")}", filter with { AssigneeId = null });
        }

        if (filter.TeamId is { } team)
        {
            yield return new FilterChip(
                team == ViewFilter.Nobody ? "Of no team" : $"Team {Name(choices?.Teams, team, "that is gone")}", filter with { TeamId = null });
        }

        if (filter.LabelId is { } label)
        {
            yield return new FilterChip($"Label {Name(choices?.Labels, label, "that is gone")}", filter with { LabelId = null });
        }

        if (filter.StageId is { } stage)
        {
            yield return new FilterChip($"Stage {Name(choices?.Stages, stage, "that is gone")}", filter with { StageId = null });
        }

        if (filter.ConnectionId is { } number)
        {
            yield return new FilterChip($"Writes to {Name(choices?.Numbers, number, "a number that is gone")}", filter with { ConnectionId = null });
        }

        if (filter.Window is { } window)
        {
            yield return new FilterChip(ViewWords.Of(window), filter with { Window = null });
        }

        if (filter.From is { } from)
        {
            yield return new FilterChip($"Since {Day(from)}", filter with { From = null });
        }

        if (filter.To is { } to)
        {
            yield return new FilterChip($"Until {Day(to)}", filter with { To = null });
        }

        if (filter.IsUnread)
        {
            yield return new FilterChip("Unread", filter with { IsUnread = false });
        }

        if (filter.HasFailed)
        {
            yield return new FilterChip("With a failed message", filter with { HasFailed = false });
        }
    }

    private static string Name(IReadOnlyList<ViewChoice>? choices, long id, string otherwise) =>
        choices is null ? "…" : choices.FirstOrDefault(c => c.Id == id)?.Name ?? otherwise;

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
