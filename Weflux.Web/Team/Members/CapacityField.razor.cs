using System.Globalization;
using Microsoft.AspNetCore.Components;
using Weflux.Domain;
using Weflux.Domain.Team;

namespace Weflux.Web.Team.Members;

/// <summary>How many open conversations a member is given at most.</summary>
public sealed partial class CapacityField
{
    private string _typed = "";
    private string? _fault;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public UserId Member { get; set; }

    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>The limit now; null for none.</summary>
    [Parameter, EditorRequired]
    public int? Capacity { get; set; }

    /// <summary>Told in a sentence what was done.</summary>
    [Parameter]
    public EventCallback<string> OnSaved { get; set; }

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private SetCapacity SetCapacity { get; set; } = null!;

    protected override void OnInitialized() => _typed = Capacity?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static bool TryRead(string typed, out int? capacity)
    {
        capacity = int.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return (capacity is not null || typed.IsBlank()) && MemberLoad.IsCapacity(capacity);
    }

    private async Task SaveAsync()
    {
        if (_isBusy)
        {
            return;
        }

        if (!TryRead(_typed, out var capacity))
        {
            _fault = $"Write a whole number from 0 to {MemberLoad.MostCapacity}, or leave it empty for no limit.";
            return;
        }

        (_isBusy, _fault) = (true, null);
        try
        {
            var outcome = await CurrentActor.FindAsync(Workspace) is { } actor ? await SetCapacity.ExecuteAsync(actor, Member, capacity) : CapacityOutcome.NotAllowed;
            _fault = outcome switch
            {
                CapacityOutcome.Saved or CapacityOutcome.Unchanged => null,
                CapacityOutcome.NoSuchMember => "This person is no member any more. Load the page again.",
                _ => "Only a Manager or an Admin may do this. Ask one of yours.",
            };
        }
        finally
        {
            _isBusy = false;
        }

        if (_fault is null)
        {
            await OnSaved.InvokeAsync(capacity is { } most ? $"{Name} is given {most} open conversations at most." : $"{Name} is given conversations without a limit.");
        }
    }
}
