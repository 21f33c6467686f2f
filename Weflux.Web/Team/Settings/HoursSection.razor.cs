using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;

namespace Weflux.Web.Team.Settings;

/// <summary>The week of a business, as somebody types it: a range is text until it is saved.</summary>
public sealed partial class HoursSection
{
    private readonly List<TypedRange> _ranges = [];
    private bool _isSet;

    protected override void OnInitialized()
    {
        _isSet = Settings.OpenRanges is not null;
        _ranges.AddRange((Settings.OpenRanges ?? []).Select(r => new TypedRange(r.Day, SettingsWords.Clock(r.From), SettingsWords.Clock(r.To))));
    }

    private void Switch()
    {
        Touch();
        _isSet = !_isSet;
        if (_isSet && _ranges.Count == 0)
        {
            _ranges.AddRange(SettingsWords.Days.Take(5).Select(day => new TypedRange(day, "09:00", "18:00")));
        }
    }

    private void Add(DayOfWeek day)
    {
        Touch();
        var last = _ranges.FindLast(r => r.Day == day);
        _ranges.Add(last is null ? new TypedRange(day, "09:00", "18:00") : new TypedRange(day, "", ""));
    }

    private void Drop(TypedRange range)
    {
        Touch();
        _ranges.Remove(range);
    }

    private void Write(TypedRange range, ChangeEventArgs typed, bool isFrom)
    {
        Touch();
        var text = typed.Value?.ToString() ?? "";
        if (isFrom)
        {
            range.From = text;
        }
        else
        {
            range.To = text;
        }
    }

    private Task SubmitAsync() => SaveAsync(async actor =>
    {
        // A time that is none is handed over as one that no day has, so that one rule says what is wrong.
        var ranges = _ranges.ConvertAll(r => new OpenRange(r.Day, SettingsWords.Minutes(r.From) ?? -1, SettingsWords.Minutes(r.To) ?? -1));
        var answer = await Set.ExecuteAsync(actor, _isSet ? ranges : null);
        return answer.Outcome switch
        {
            SettingsOutcome.Saved => null,
            SettingsOutcome.NotAllowed => NotYours,
            _ => SettingsWords.Of(answer.Fault),
        };
    });

    private sealed class TypedRange(DayOfWeek day, string from, string to)
    {
        public DayOfWeek Day => day;

        public string From { get; set; } = from;

        public string To { get; set; } = to;
    }
}
