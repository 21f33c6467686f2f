using System.Globalization;
using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Team;

namespace Weflux.Web.Audit;

/// <summary>The audit log. What is shown stands in the address, so that it can be kept and sent on.</summary>
public sealed partial class AuditPage
{
    private AuditPageView? _view;
    private AuditVerdict? _verdict;
    private IReadOnlyList<AuditPerson> _people = [];
    private (Actor?, string) _shown;
    private bool _isForbidden;
    private bool _isChecking;
    private string? _person;
    private string? _action;
    private DateOnly? _from;
    private DateOnly? _until;
    private string? _search;

    [Parameter]
    public string Workspace { get; set; } = "";

    [SupplyParameterFromQuery(Name = "person")]
    public string? Person { get; set; }

    [SupplyParameterFromQuery(Name = "action")]
    public string? Action { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "until")]
    public string? Until { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    /// <summary>Who looks, as the layout read it: it changes when the person's role does.</summary>
    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private AuditQuery Query { get; set; } = null!;

    [Inject]
    private AuditCheck Check { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Page => $"/w/{Workspace}/settings/audit";

    private bool IsFiltered => Wanted.Any(w => !string.IsNullOrWhiteSpace(w.Value));

    private Dictionary<string, string?> Wanted => new(StringComparer.Ordinal)
    {
        ["person"] = Person,
        ["action"] = Action,
        ["from"] = From,
        ["until"] = Until,
        ["q"] = Search,
    };

    protected override async Task OnParametersSetAsync()
    {
        var shown = (Actor, Navigation.Uri);
        if (_shown == shown)
        {
            return;
        }

        _shown = shown;
        (_person, _action, _from, _until, _search) = (Person, Action, Day(From), Day(Until), Search);
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        if (await CurrentActor.FindAsync(Workspace) is not { } actor || await Query.GetAsync(actor, await FilterAsync(actor), long.TryParse(Before, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null) is not { } view)
        {
            (_view, _isForbidden) = (null, true);
            return;
        }

        (_view, _isForbidden) = (view, false);
        _people = await Query.PeopleAsync(actor);
    }

    private async Task<AuditFilter> FilterAsync(Actor actor) =>
        AuditAddress.Read(Wanted, await Query.TimeZoneAsync(actor));

    private void Filter()
    {
        _verdict = null;
        (Person, Action, From, Until, Search) = (_person, _action, Text(_from), Text(_until), _search);
        Navigation.NavigateTo(Address(null));
    }

    private async Task CheckAsync()
    {
        _isChecking = true;
        try
        {
            _verdict = await CurrentActor.FindAsync(Workspace) is { } actor ? await Check.ExecuteAsync(actor) : null;
            await ReadAsync();
        }
        finally
        {
            _isChecking = false;
        }
    }

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Address(long? before) => Page + Asked(before);

    private string Export(string format) => $"{Page}/export.{format}{Asked(null)}";

    private string Asked(long? before)
    {
        var wanted = Wanted;
        wanted["before"] = before?.ToString(CultureInfo.InvariantCulture);
        return QueryString.Create(wanted.Where(w => !string.IsNullOrWhiteSpace(w.Value))).ToString();
    }

    private string When(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, WorkspaceTime.Find(_view!.TimeZone)).ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The sentence as it goes on behind a name.</summary>
    /// <summary>Whether the subject says more than the sentence does.</summary>
    private static bool Adds(string sentence, string subject) =>
        subject.Length > 0 && !sentence.TrimEnd('.').EndsWith(subject, StringComparison.OrdinalIgnoreCase);

    private static string AfterName(string sentence) =>
        sentence.Length == 0 ? "" : char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
