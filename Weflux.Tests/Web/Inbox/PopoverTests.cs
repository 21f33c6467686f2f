using Bunit;
using Weflux.Web.Inbox.Working;

namespace Weflux.Tests.Web.Inbox;

/// <summary>A panel below a button, and where the focus goes when it closes.</summary>
public sealed class PopoverTests : BunitContext
{
    private const string Focus = "Blazor._internal.domWrapper.focus";
    private readonly IRenderedComponent<Popover> _popover;

    public PopoverTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        _popover = Render<Popover>(p => p.Add(x => x.Label, "Snooze").Add(x => x.Face, "S").AddChildContent("<button>In 1 hour</button>"));
        _popover.Find(".opener").Click();
        _popover.FindAll("[data-panel]").Should().ContainSingle();
    }

    [Fact]
    public async Task Left_by_Escape_it_does_not_take_back_a_focus_that_has_gone_on_since()
    {
        await _popover.InvokeAsync(_popover.Instance.Leave);

        _popover.FindAll("[data-panel]").Should().BeEmpty();
        JSInterop.VerifyNotInvoke(Focus);
    }

    [Fact]
    public async Task Closed_by_a_choice_it_gives_the_focus_back_to_its_button()
    {
        await _popover.InvokeAsync(_popover.Instance.CloseAsync);

        _popover.FindAll("[data-panel]").Should().BeEmpty();
        JSInterop.VerifyInvoke(Focus);
    }
}
