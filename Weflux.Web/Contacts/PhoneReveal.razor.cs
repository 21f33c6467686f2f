using Microsoft.AspNetCore.Components;
using Weflux.Web.Team;

namespace Weflux.Web.Contacts;

/// <summary>Asks why, and shows one masked number for a minute. Nothing of it is kept when it is hidden or the screen goes.</summary>
public sealed partial class PhoneReveal : IDisposable
{
    private static readonly TimeSpan Shown = TimeSpan.FromMinutes(1);

    private ElementReference _box;
    private ITimer? _timer;
    private string? _number;
    private string? _fault;
    private string _reason = "";
    private long _contact;
    private bool _isAsking;
    private bool _mustFocus;
    private bool _isBusy;
    private bool _isGone;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public long ContactId { get; set; }

    [Parameter]
    public EventCallback OnRevealed { get; set; }

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private RevealPhoneNumber Reveal { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string FieldId => FormattableString.Invariant($"reveal-{ContactId}");

    public void Dispose()
    {
        _isGone = true;
        Hide();
    }

    protected override void OnParametersSet()
    {
        if (_contact != ContactId)
        {
            _contact = ContactId;
            Hide();
            Cancel();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_mustFocus)
        {
            _mustFocus = false;
            await _box.FocusAsync();
        }
    }

    private void Ask() => (_isAsking, _mustFocus) = (true, true);

    private void Cancel() => (_isAsking, _fault, _reason) = (false, null, "");

    private void Hide()
    {
        _timer?.Dispose();
        (_timer, _number) = (null, null);
    }

    private async Task RevealAsync()
    {
        if (_isBusy || await CurrentActor.FindAsync(Workspace) is not { } actor)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var contact = ContactId;
            var revealed = await Reveal.ExecuteAsync(actor, contact, _reason);
            _fault = revealed.Answer.Words;
            if (revealed.Number is { } number && contact == ContactId && !_isGone)
            {
                Cancel();
                _number = number;
                _timer = Time.CreateTimer(_ => _ = InvokeAsync(HideLate), null, Shown, Timeout.InfiniteTimeSpan);
            }
        }
        finally
        {
            _isBusy = false;
        }

        if (_number is not null)
        {
            await OnRevealed.InvokeAsync();
        }
    }

    private void HideLate()
    {
        if (!_isGone)
        {
            Hide();
            StateHasChanged();
        }
    }
}
