using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Mail;
using Weflux.Web.Security;

namespace Weflux.Web.Account.Profile;

/// <summary>What a person says of themselves.</summary>
public sealed partial class ProfilePage
{
    private ProfileView? _view;
    private string? _message;
    private bool _isEmailOpen;

    [SupplyParameterFromForm(FormName = "profile")]
    private ProfileInput Input { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "picture")]
    private PictureInput? Picture { get; set; }

    [SupplyParameterFromForm(FormName = "email")]
    private EmailInput? Email { get; set; }

    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private ProfileQuery Query { get; set; } = null!;

    [Inject]
    private SaveProfile SaveProfile { get; set; } = null!;

    [Inject]
    private PersonPictures Pictures { get; set; } = null!;

    [Inject]
    private ChangeEmail ChangeEmail { get; set; } = null!;

    [Inject]
    private MailQueue Mails { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string? Told => _message is not null ? null : Done switch
    {
        "saved" => "Saved.",
        "picture" => "Your picture is changed.",
        "email" => "A mail is on its way to the new address. It counts once you follow the link in it.",
        "email-confirmed" => "Your new e-mail address is confirmed.",
        _ => null,
    };

    private UserId Person => Http.User.UserId()!.Value;

    protected override async Task OnInitializedAsync()
    {
        _view = await Query.GetAsync(Person, Http.RequestAborted);
        Input ??= _view is { } view
            ? new ProfileInput
            {
                Name = view.Name,
                Language = view.Language,
                TimeZone = view.TimeZone,
                Notices = NoticeForm.Ticked(view.Preferences),
                ShowText = view.Preferences.ShowText,
                HasQuietHours = view.Preferences.Quiet is not null,
                QuietFrom = NoticeForm.Time(view.Preferences.Quiet?.From ?? NoticeForm.UsualQuiet.From),
                QuietTo = NoticeForm.Time(view.Preferences.Quiet?.To ?? NoticeForm.UsualQuiet.To),
                QuietDays = NoticeForm.Days(view.Preferences.Quiet ?? NoticeForm.UsualQuiet),
                NumberTrouble = !view.Preferences.IsQuietOnNumbers,
                WaitsBeforeSending = view.Preferences.WaitsBeforeSending,
                SingleKeys = !view.Preferences.HasKeysOff,
            }
            : new ProfileInput();
    }

    private static string Initials(string name) =>
        string.Concat(name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(part => part[..1]));

    private async Task SaveAsync()
    {
        if (!NoticeForm.TryRead(Input, out var quiet))
        {
            Settle(NoticeForm.QuietFault, "saved");
            return;
        }

        var preferences = NoticeForm.Choose(Input.Notices, Input.ShowText) with
        {
            IsQuietOnNumbers = !Input.NumberTrouble,
            WaitsBeforeSending = Input.WaitsBeforeSending,
            HasKeysOff = !Input.SingleKeys,
            Quiet = quiet,
        };
        Settle(await SaveProfile.ExecuteAsync(Person, Input.Name ?? "", Input.Language ?? "", Input.TimeZone, preferences, Http.RequestAborted), "saved");
    }

    private async Task SavePictureAsync()
    {
        if (Picture?.File is not { } file)
        {
            _message = "Choose a picture first.";
            return;
        }

        if (file.Length > PictureFile.Largest)
        {
            _message = PictureFile.TooLarge;
            return;
        }

        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, Http.RequestAborted);
        Settle(await Pictures.SaveAsync(Person, bytes.ToArray(), Http.RequestAborted), "picture");
    }

    private async Task RemovePictureAsync()
    {
        await Pictures.RemoveAsync(Person, Http.RequestAborted);
        Settle(null, "picture");
    }

    private async Task ChangeEmailAsync()
    {
        _isEmailOpen = true;
        Settle(
            await ChangeEmail.ExecuteAsync(Person, Email?.Address ?? "", Email?.Password, Http.Connection.RemoteIpAddress, Http.RequestAborted),
            "email");
    }

    /// <summary>Shows what is wrong, or goes on to the page that says what was done, so that loading it again does nothing twice.</summary>
    private void Settle(string? fault, string done)
    {
        _message = fault;
        if (fault is null)
        {
            Navigation.NavigateTo($"/account/profile?done={done}");
        }
    }

    /// <summary>What the form about a person holds.</summary>
    public sealed class ProfileInput
    {
        public string? Name { get; set; }

        public string? Language { get; set; }

        public string? TimeZone { get; set; }

        /// <summary>What is ticked, see <see cref="NoticeForm.Value"/>.</summary>
        public List<string>? Notices { get; set; }

        public bool ShowText { get; set; }

        public bool HasQuietHours { get; set; }

        public string? QuietFrom { get; set; }

        public string? QuietTo { get; set; }

        /// <summary>The days on which they begin, by number: Sunday is 0.</summary>
        public List<int>? QuietDays { get; set; }

        public bool NumberTrouble { get; set; }

        public bool WaitsBeforeSending { get; set; }

        public bool SingleKeys { get; set; }
    }

    /// <summary>The file with the picture.</summary>
    public sealed class PictureInput
    {
        public IFormFile? File { get; set; }
    }

    /// <summary>What the form for another address holds.</summary>
    public sealed class EmailInput
    {
        public string? Address { get; set; }

        public string? Password { get; set; }
    }
}
