using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Contacts;
using Weflux.Web.Inbox;
using Weflux.Web.Team;

namespace Weflux.Web.AddressBook;

/// <summary>What the parts of a profile have in common: each acts as who is acting now, and says what came of it.</summary>
public abstract class ProfilePart : ComponentBase
{
    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public ContactProfile Profile { get; set; } = null!;

    /// <summary>Told when something was changed, so that the page reads again.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [CascadingParameter]
    protected ScreenClock Clock { get; set; } = ScreenClock.Utc;

    [Inject]
    protected CurrentActor CurrentActor { get; set; } = null!;

    protected string? Fault { get; set; }

    protected bool IsBusy { get; private set; }

    /// <summary>Does the work as who is acting now.</summary>
    /// <returns>Whether it was done; if not, <see cref="Fault"/> says why.</returns>
    protected async Task<bool> ActAsync(Func<Actor, Task<ContactAnswer>> work)
    {
        if (IsBusy)
        {
            return false;
        }

        (IsBusy, Fault) = (true, null);
        try
        {
            var answer = await CurrentActor.FindAsync(Workspace) is { } actor ? await work(actor) : new ContactAnswer(ContactOutcome.NotFound);
            Fault = answer.Words;
            if (!answer.IsDone)
            {
                return false;
            }
        }
        finally
        {
            IsBusy = false;
        }

        await OnChanged.InvokeAsync();
        return true;
    }

    protected void Touch() => Fault = null;
}

/// <summary>A part that shows lines, the newest first, read anew when the profile is.</summary>
public abstract class LinesPart<TLine> : ProfilePart
    where TLine : class
{
    private long _read = -1;
    private int _asked;

    protected IReadOnlyList<TLine>? Rows { get; private set; }

    protected bool HasMore { get; private set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_read == Profile.Counter)
        {
            return;
        }

        _read = Profile.Counter;
        var asked = ++_asked;
        if (await CurrentActor.FindAsync(Workspace) is { } actor && await ReadAsync(actor, null) is { } lines && asked == _asked)
        {
            (Rows, HasMore) = (lines.Rows, lines.HasMore);
        }
    }

    protected async Task ShowMoreAsync()
    {
        var asked = ++_asked;
        if (Rows is { Count: > 0 } rows && await CurrentActor.FindAsync(Workspace) is { } actor && await ReadAsync(actor, rows[^1]) is { } more && asked == _asked)
        {
            (Rows, HasMore) = ([.. rows, .. more.Rows], more.HasMore);
        }
    }

    /// <summary>Reads the lines after one that is shown; the first ones for null.</summary>
    protected abstract Task<Lines<TLine>?> ReadAsync(Actor actor, TLine? last);
}
