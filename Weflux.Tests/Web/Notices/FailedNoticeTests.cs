using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Failures;
using Weflux.Web.Inbox.Notices;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Notices;

/// <summary>Whoever wrote a message that went wrong is told, as long as somebody has to decide.</summary>
public sealed class FailedNoticeTests : IAsyncLifetime
{
    private FailuresWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await FailuresWorld.OpenAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_message_that_failed_is_told_to_its_author_until_it_is_sent_again()
    {
        var conversation = await _world.MeetAsync(1);
        var id = await _world.FailAsync(_world.Agent, conversation);
        (await LineAsync(_world.Agent))!.Should().Match<NoticeLine>(l => l.State == NoticeState.Unread && l.Title == "Your message to Customer 1 was not sent");
        (await LineAsync(_world.Manager)).Should().BeNull("it is not the Manager's message");

        await _world.FailAsync(_world.Agent, conversation, "131026 again");
        (await LineAsync(_world.Agent))!.Title.Should().Be("2 of your messages to Customer 1 were not sent");

        _world.Graph.Answer = (context, _, nth) => Weflux.Tests.Support.GraphStub.AcceptAsync(context, $"wamid.out.{nth}");
        var again = _world.Host.Services.GetRequiredService<SendAgain>();
        (await again.ExecuteAsync(_world.Agent, id, Guid.CreateVersion7()))!.MessageId.Should().NotBeNull();
        (await LineAsync(_world.Agent))!.Title.Should().Be("Your message to Customer 1 was not sent", "one is left");
        foreach (var left in (await _world.TroublesAsync()).ConvertAll(t => t.MessageId))
        {
            (await again.ExecuteAsync(_world.Agent, left, Guid.CreateVersion7()))!.MessageId.Should().NotBeNull();
        }

        (await LineAsync(_world.Agent))!.State.Should().Be(NoticeState.Handled);
    }

    [Fact]
    public async Task A_message_that_nobody_confirmed_is_told_as_uncertain_until_a_status_settles_it()
    {
        var conversation = await _world.MeetAsync(2);
        var id = await _world.LoseAsync(_world.Agent, conversation);
        (await LineAsync(_world.Agent))!.Should().Match<NoticeLine>(
            l => l.State == NoticeState.Unread && l.Title == "It is not certain that your message to Customer 2 arrived");

        await _world.ReportAsync(id, "delivered");
        (await LineAsync(_world.Agent))!.State.Should().Be(NoticeState.Handled);
    }

    private async Task<NoticeLine?> LineAsync(Actor actor) => (await _world.Host.Services.GetRequiredService<NoticesQuery>().GetAsync(actor))!
        .Lines.SingleOrDefault(l => l.Kind == NoticeKind.MessageFailed);
}
