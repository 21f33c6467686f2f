using Microsoft.AspNetCore.Components;
using Weflux.Domain;
using Weflux.Domain.Team;
using Weflux.Web.Api.Reference;
using Weflux.Web.Team;

namespace Weflux.Web.Api.Keys;

/// <summary>The keys with which other programs act in a workspace.</summary>
public sealed partial class ApiKeysPage
{
    private const string Never = "never";
    private const string OnDay = "day";
    private const int LongestAheadYears = 20;

    private static readonly (string Value, string Words)[] Expiries =
    [
        ("30", "For 30 days"), ("90", "For 90 days"), ("365", "For a year"), (OnDay, "Until a day that I choose"), (Never, "Until somebody revokes it"),
    ];

    private readonly HashSet<string> _scopes = new(StringComparer.Ordinal);
    private IReadOnlyList<ApiKeyLine>? _keys;
    private SettingsClock _clock = SettingsClock.Utc;
    private DateTimeOffset _now;
    private Actor? _shown;
    private bool _isForbidden;
    private bool _isBusy;
    private string _name = "";
    private string _expiry = "365";
    private DateOnly? _day;
    private string? _fault;
    private string _said = "";
    private IssuedApiKey? _issued;
    private string _issuedName = "";
    private ElementReference _fresh;
    private bool _isFresh;
    private ApiKeyId? _asks;

    [Parameter]
    public string Workspace { get; set; } = "";

    /// <summary>Who looks, as the layout read it: it changes when the person's role does.</summary>
    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private ApiKeysQuery Query { get; set; } = null!;

    [Inject]
    private ApiClockQuery ClockQuery { get; set; } = null!;

    [Inject]
    private IssueApiKey Issue { get; set; } = null!;

    [Inject]
    private RevokeApiKey Revoke { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Actor)
        {
            _shown = Actor;
            await ReadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isFresh)
        {
            _isFresh = false;
            await _fresh.FocusAsync();
        }
    }

    private async Task ReadAsync()
    {
        _now = Time.GetUtcNow();
        if (await CurrentActor.FindAsync(Workspace) is not { } actor || await Query.GetAsync(actor) is not { } keys)
        {
            (_keys, _isForbidden) = (null, true);
            return;
        }

        (_keys, _isForbidden, _clock) = (keys, false, await ClockQuery.GetAsync(actor));
    }

    private void TypeName(string? typed) => (_name, _fault, _said) = (typed ?? "", null, "");

    private void Toggle(string scope)
    {
        _fault = null;
        if (!_scopes.Remove(scope))
        {
            _scopes.Add(scope);
        }
    }

    private async Task MakeAsync()
    {
        _said = "";
        _fault = Check(out var name, out var expiresAt);
        if (_fault is not null || _isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            IReadOnlyCollection<string> scopes = _scopes.Contains(ApiScopes.All) ? [ApiScopes.All] : [.. _scopes.Order(StringComparer.Ordinal)];
            _issued = await CurrentActor.FindAsync(Workspace) is { } actor ? await Issue.ExecuteAsync(actor, name, scopes, expiresAt) : null;
            if (_issued is null)
            {
                _fault = "Only Admins may make keys. Ask one of yours.";
            }
            else
            {
                (_issuedName, _name, _isFresh) = (name, "", true);
                _scopes.Clear();
            }

            await ReadAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }

    private string? Check(out string name, out DateTimeOffset? expiresAt)
    {
        var now = Time.GetUtcNow();
        expiresAt = _expiry switch
        {
            Never => null,
            OnDay => _day is { } day && day.Year < 9999 ? _clock.EndOf(day) : null,
            _ => now.AddDays(int.Parse(_expiry, System.Globalization.CultureInfo.InvariantCulture)),
        };
        return PlainName.Read(_name, IssueApiKey.LongestName, out name) != NameFault.None ? $"Say which program it is for, in at most {IssueApiKey.LongestName} characters on one line."
            : _scopes.Count == 0 ? "Choose at least one thing that it may do."
            : _expiry == OnDay && (expiresAt is not { } end || end <= now || end > now.AddYears(LongestAheadYears)) ? "Choose a last day from today on, within twenty years."
            : null;
    }

    private async Task RevokeAsync(ApiKeyLine key)
    {
        (_asks, _isBusy) = (null, true);
        try
        {
            var isGone = await CurrentActor.FindAsync(Workspace) is { } actor && await Revoke.ExecuteAsync(actor, key.Id);
            _said = isGone ? $"“{key.Name}” is revoked." : $"“{key.Name}” was revoked already, or you may not revoke it any more.";
            await ReadAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }

    private string? State(ApiKeyLine key) => key switch
    {
        { RevokedAt: not null } => "Revoked",
        { ExpiresAt: { } end } when end <= _now => "Expired",
        { IsOfTheDemo: true } => "Demo, known to everybody",
        _ => null,
    };

    private static string Allows(ApiKeyLine key) => key.Scopes.Contains(ApiScopes.All)
        ? "Everything that the API can do."
        : string.Join(". ", key.Scopes.Select(s => ApiExamples.Scopes.Where(w => w.Scope == s).Select(w => w.Words.Split('.')[0]).FirstOrDefault() ?? s)) + ".";

    private string Told(ApiKeyLine key)
    {
        var made = $"Made {(key.CreatedBy is { } by ? $"by {by} " : "")}on {_clock.Day(key.CreatedAt)}";
        var used = key.LastUsedAt is { } at ? $"last used {_clock.Time(at)}" : "never used";
        var end = key.RevokedAt is { } revoked ? $"revoked on {_clock.Day(revoked)}"
            : key.ExpiresAt is { } expires ? $"{(expires <= _now ? "expired" : "valid until")} {_clock.Time(expires)}"
            : "does not expire";
        return $"{made} · {used} · {end}";
    }
}
