using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Sending;
using Weflux.Web.App;
using Weflux.Web.Media.Sending;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox;

/// <summary>
/// The file in a template's header or on one of its cards: uploaded from here, or named by a link. The upload belongs to the
/// browser; this learns when it begins and how it ends.
/// </summary>
public sealed partial class TemplateFileField : IAsyncDisposable
{
    private readonly string _id = $"file-{Guid.NewGuid():N}";
    private ElementReference _root;
    private ElementReference _first;
    private ElementReference _remove;
    private DotNetObjectReference<TemplateFileField>? _self;
    private IJSObjectReference? _module;
    private string? _uploading;
    private string? _name;
    private string? _fault;
    private long? _size;
    private bool _isLink;
    private bool _focuses;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public TemplateSlot Slot { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The link, the name and the id of the file, as <see cref="SlotInput"/> joins them.</summary>
    [Parameter]
    public string Value { get; set; } = "";

    /// <summary>What is wrong with the value; null if nothing is known to be.</summary>
    [Parameter]
    public string? Fault { get; set; }

    [Parameter]
    public EventCallback<string> OnInput { get; set; }

    [Inject]
    private RemoveUpload Remove { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    private MediaKind Kind => MediaLimits.KindOf(Slot.Kind) ?? MediaKind.Document;

    private string[] Parts => SlotInput.Parts(Value, 3);

    private string Files => $"/w/{Uri.EscapeDataString(Workspace)}/media";

    private string? Invalid => Fault is null && _fault is null ? null : "true";

    private string Accept => Kind switch
    {
        MediaKind.Image => "image/*",
        MediaKind.Video => string.Join(',', MediaLimits.Types(MediaKind.Video)),
        _ => ".pdf,.txt,.doc,.docx,.xls,.xlsx,.ppt,.pptx",
    };

    private string Limits => Kind switch
    {
        MediaKind.Image => $"JPEG or PNG, at most {Most}.",
        MediaKind.Video => $"MP4 or 3GP, at most {Most}.",
        _ => $"PDF, Word, Excel, PowerPoint or text, at most {Most}.",
    };

    private string Most => string.Create(CultureInfo.InvariantCulture, $"{MediaLimits.Largest(Kind) / (1024 * 1024)} MB");

    public ValueTask FocusAsync() => SlotInput.FileId(Value) is null && _uploading is null ? _first.FocusIfShownAsync() : ValueTask.CompletedTask;

    /// <summary>Told by the script: a file was chosen and goes up now.</summary>
    [JSInvokable]
    public Task BeginAsync(string name)
    {
        (_uploading, _fault) = (name, null);
        StateHasChanged();
        return Task.CompletedTask;
    }

    /// <summary>Told by the script: the file is in the store.</summary>
    [JSInvokable]
    public async Task EndAsync(long fileId, string name, long size)
    {
        (_uploading, _fault, _name, _size, _focuses) = (null, null, name, size, true);
        await OnInput.InvokeAsync(SlotInput.Join(["", name, fileId.ToString(CultureInfo.InvariantCulture)]));
        StateHasChanged();
    }

    /// <summary>Told by the script: the file was not taken, or the person thought better of it.</summary>
    [JSInvokable]
    public Task FailAsync(string? fault)
    {
        (_uploading, _fault, _focuses) = (null, fault, true);
        StateHasChanged();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_module is { } module)
        {
            await module.LeaveAsync(_root);
        }

        _self?.Dispose();
    }

    protected override void OnInitialized() => _isLink = Parts[0].Length > 0;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/TemplateFileField.razor.js");
            var kind = Kind.ToString().ToLowerInvariant();
            await _module.InvokeVoidAsync("enter", _root, _self, new { address = Files, kind, limit = AttachmentChoice.LimitsByKind[kind] });
        }

        if (_focuses)
        {
            _focuses = false;
            await (SlotInput.FileId(Value) is null ? _first : _remove).FocusIfShownAsync();
        }
    }

    private async Task RemoveAsync()
    {
        var fileId = SlotInput.FileId(Value);
        (_name, _size, _fault, _focuses) = (null, null, null, true);
        await OnInput.InvokeAsync("");
        if (fileId is { } id && await CurrentActor.FindAsync(Workspace) is { } actor)
        {
            await Remove.ExecuteAsync(actor, id);
        }
    }

    private Task ChangeWayAsync(bool isLink)
    {
        (_isLink, _fault, _focuses) = (isLink, null, true);
        return OnInput.InvokeAsync("");
    }

    private Task SetAsync(int part, string? typed)
    {
        var parts = Parts;
        parts[part] = typed ?? "";
        return OnInput.InvokeAsync(SlotInput.Join(parts));
    }
}
