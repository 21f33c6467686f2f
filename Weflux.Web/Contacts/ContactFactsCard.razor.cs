using System.Globalization;
using Microsoft.AspNetCore.Components;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Team;

namespace Weflux.Web.Contacts;

/// <summary>Stage, tags and fields of one contact, changed where they stand; beside a thread and on the profile.</summary>
public sealed partial class ContactFactsCard : IDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Dictionary<long, string> _typed = [];

    /// <summary>What is wrong with a field, as long as what was typed stands in it; 0 for stage and tags.</summary>
    private readonly Dictionary<long, string> _faults = [];
    private ContactFacts? _facts;
    private IReadOnlyList<string> _suggestions = [];
    private (string, long, long) _shown;
    private string _tag = "";
    private string _told = "";
    private bool _isLoaded;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public long ContactId { get; set; }

    /// <summary>Raised by whatever changed: then it is read again.</summary>
    [Parameter]
    public long Version { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private ContactFactsQuery Query { get; set; } = null!;

    [Inject]
    private SetContactStage SetStage { get; set; } = null!;

    [Inject]
    private SetContactField SetField { get; set; } = null!;

    [Inject]
    private TagContact Tag { get; set; } = null!;

    [Inject]
    private UntagContact Untag { get; set; } = null!;

    // What is being saved still asks it afterwards whether the screen is gone.
    public void Dispose() => _ending.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Workspace, ContactId, Version);
        if (_shown != wanted)
        {
            if (_shown.Item2 != ContactId)
            {
                (_facts, _told) = (null, "");
                _typed.Clear();
                _faults.Clear();
            }

            _shown = wanted;
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        var (contact, ending) = (ContactId, _ending.Token);
        try
        {
            var facts = await CurrentActor.FindAsync(Workspace, ending) is { } actor ? await Query.GetAsync(actor, contact, ending) : null;
            if (contact == ContactId)
            {
                (_facts, _isLoaded) = (facts, true);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The screen is gone, and with it the wish to know.
        }
    }

    private Task ChangeStageAsync(ChangeEventArgs change)
    {
        long? stage = long.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        return DoAsync(0, actor => SetStage.ExecuteAsync(actor, ContactId, stage));
    }

    private async Task SaveAsync(FieldView field, ChangeEventArgs change)
    {
        var typed = change.Value as string ?? "";
        _typed[field.Id] = typed;
        if (await DoAsync(field.Id, actor => SetField.ExecuteAsync(actor, ContactId, field.Id, typed)))
        {
            _typed.Remove(field.Id);
        }
    }

    private async Task TagAsync()
    {
        if (await DoAsync(0, actor => Tag.ExecuteAsync(actor, ContactId, _tag)))
        {
            (_tag, _suggestions) = ("", []);
        }
    }

    private Task UntagAsync(string tag) => DoAsync(0, actor => Untag.ExecuteAsync(actor, ContactId, tag));

    private async Task SuggestAsync()
    {
        var typed = _tag;
        if (typed.Trim().Length > 0 && await CurrentActor.FindAsync(Workspace) is { } actor)
        {
            var found = await Query.TagsAsync(actor, typed);
            _suggestions = typed == _tag ? [.. found.Except(_facts?.Tags.Select(t => t.Key) ?? [], StringComparer.Ordinal)] : _suggestions;
        }
    }

    private async Task<bool> DoAsync(long fieldId, Func<Actor, Task<ContactAnswer>> work)
    {
        _faults.Remove(fieldId);
        _told = "";
        var answer = await CurrentActor.FindAsync(Workspace) is { } actor ? await work(actor) : new ContactAnswer(ContactOutcome.NotFound);
        if (answer.Words is { } words)
        {
            _faults[fieldId] = words;
            return false;
        }

        _told = answer.Outcome == ContactOutcome.Saved ? "Saved" : "";
        await ReadAsync();
        await OnChanged.InvokeAsync();
        return true;
    }

    private string Id(string part) => FormattableString.Invariant($"contact-{ContactId}-{part}");

    private static string InputType(FieldView field) => field.Type switch
    {
        ContactFieldType.Date => "date",
        ContactFieldType.Link => "url",
        _ => "text",
    };

    private static IEnumerable<(string Value, string Words)> Options(FieldView field)
    {
        IEnumerable<(string, string)> own = field.Type == ContactFieldType.YesNo
            ? [(ContactFieldRules.Yes, "Yes"), (ContactFieldRules.No, "No")]
            : field.Choices.Select(c => (c, c));

        // What left the list since it was chosen stays until another is.
        return field.Value.Length == 0 || own.Any(o => o.Item1 == field.Value) ? [("", "Not set"), .. own] : [("", "Not set"), (field.Value, field.Value), .. own];
    }
}
