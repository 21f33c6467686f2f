using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Live;
using Weflux.Web.Templates;

namespace Weflux.Tests.Web.Inbox;

/// <summary>An open list of templates, while other things happen in the workspace.</summary>
public sealed class TemplateChooserTests
{
    /// <summary>What is done to the workspace, and whether the list is another one afterwards.</summary>
    public static TheoryData<string, bool> Changes => new()
    {
        { "a message of this customer", false },
        { "a message of another customer", false },
        { "another customer asks for silence", false },
        { "a template of another account is paused", false },
        { "this customer asks for silence", true },
        { "this customer agrees to marketing", true },
        { "this customer has another name", true },
        { "a template is paused", true },
        { "a template is deleted", true },
        { "the account is read again", true },
        { "the account cannot be read", true },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task An_open_list_is_read_again_only_when_the_change_concerns_it(string change, bool isRead)
    {
        await using var world = await OpenAsync();
        var (mine, other) = (await world.MeetAsync(), await world.MeetAsync("Ravi"));
        var query = world.Services.GetRequiredService<TemplateListQuery>();
        var list = await query.GetAsync(world.Me, mine.Id, default);
        var (looks, reads) = (0, 0);
        world.Render<TemplateChooser>(p => p
            .Add(c => c.Workspace, InboxWorld.Slug).Add(c => c.List, list)
            .Add(c => c.OnStale, () => { reads++; })
            .Add(c => c.IsStale, async () =>
            {
                var isStale = await query.VersionAsync(world.Me, mine.Id, default) != list.Version;
                looks++;
                return isStale;
            }));
        var beat = world.Services.GetRequiredService<ChangeBeat>();
        await beat.BeatAsync(default);

        await ChangeAsync(world, change, mine, other);
        await beat.BeatAsync(default);

        await Eventually.BeAsync(() => Task.FromResult(looks == 1));
        await Eventually.BeAsync(() => Task.FromResult(reads == (isRead ? 1 : 0)));
        var now = await query.GetAsync(world.Me, mine.Id, default);
        Shown(now).Equals(Shown(list), StringComparison.Ordinal).Should().Be(!isRead || change == "the account is read again", "what is not read again shows the same");
    }

    [Fact]
    public async Task News_of_templates_on_this_node_have_it_read_at_once()
    {
        await using var world = await OpenAsync();
        var reads = 0;
        world.Render<TemplateChooser>(p => p
            .Add(c => c.Workspace, InboxWorld.Slug).Add(c => c.List, new TemplateList([], null))
            .Add(c => c.OnStale, () => { reads++; }).Add(c => c.IsStale, () => Task.FromResult(false)));

        world.Services.GetRequiredService<TemplateSignals>().Tell(world.Me.Workspace);

        await Eventually.BeAsync(() => Task.FromResult(reads == 1));
    }

    private static string Shown(TemplateList list) =>
        string.Join('\n', list.Templates.Select(c => $"{c.Template.Name} {c.WhyNot}").Append(list.Problem).Append(list.ContactName));

    private static async Task<InboxWorld> OpenAsync()
    {
        var world = await InboxWorld.OpenAsync();
        await world.ReadAsync(async db =>
        {
            foreach (var waba in new[] { world.Number.WabaId, "9" })
            {
                db.Add(new TemplateAccount { WorkspaceId = world.Me.Workspace, WabaId = waba, NextAt = Rows.Noon, SyncedAt = Rows.Noon });
                foreach (var category in new[] { TemplateCategory.Utility, TemplateCategory.Marketing })
                {
                    var template = new Template(category.ToString(), "en", category, "APPROVED", null, "Hi", null, [], HasNamedParameters: false);
                    db.Add(new StoredTemplate
                    {
                        WorkspaceId = world.Me.Workspace,
                        WabaId = waba,
                        Name = template.Name,
                        Language = template.Language,
                        Model = template,
                        Status = template.Status,
                        Category = category,
                    });
                }
            }

            return await db.SaveChangesAsync();
        });
        return world;
    }

    private static Task ChangeAsync(InboxWorld world, string change, Conversation mine, Conversation other) => change switch
    {
        "a message of this customer" => world.SayAsync(mine.Id, "hello"),
        "a message of another customer" => world.SayAsync(other.Id, "hello"),
        _ => world.ReadAsync(async db =>
        {
            await db.TakeSequenceAsync(1, default);
            var contact = await db.Set<Contact>().SingleAsync(c => c.Id == (change.StartsWith("another", StringComparison.Ordinal) ? other.ContactId : mine.ContactId));
            var waba = change.Contains("another account", StringComparison.Ordinal) ? "9" : world.Number.WabaId;
            var template = await db.Set<StoredTemplate>().OrderBy(t => t.Id).FirstAsync(t => t.WabaId == waba);
            var account = await db.Set<TemplateAccount>().SingleAsync(a => a.WabaId == waba);
            switch (change)
            {
                case "another customer asks for silence" or "this customer asks for silence":
                    db.Add(contact.HearWords(new TextContent("STOP"), OptOutWords.BuiltIn, "wamid.stop", Rows.Noon)!);
                    break;
                case "this customer agrees to marketing":
                    db.Add(contact.Record(ConsentPurpose.Marketing, ConsentDecision.Given, "on the phone", world.Me.User, Rows.Noon));
                    break;
                case "this customer has another name":
                    contact.Rename("Asha Verma");
                    break;
                case "the account is read again":
                    account.SyncedAt = Rows.Noon.AddMinutes(1);
                    break;
                case "the account cannot be read":
                    account.Fault = "Meta does not answer.";
                    break;
                default:
                    Happen(db, template, isGone: change.EndsWith("deleted", StringComparison.Ordinal));
                    break;
            }

            return await db.SaveChangesAsync();
        }),
    };

    private static void Happen(WefluxDbContext db, StoredTemplate template, bool isGone)
    {
        db.Add(new TemplateEvent
        {
            WorkspaceId = template.WorkspaceId,
            WabaId = template.WabaId,
            Name = template.Name,
            Language = template.Language,
            Kind = isGone ? TemplateEventKind.Deleted : TemplateEventKind.Status,
            At = Rows.Noon,
            Words = "It happened.",
        });
        if (isGone)
        {
            db.Remove(template);
        }
        else
        {
            template.Status = "PAUSED";
        }
    }
}
