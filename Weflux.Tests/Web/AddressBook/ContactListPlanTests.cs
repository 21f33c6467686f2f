using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.AddressBook;
using Weflux.Web.Contacts;

namespace Weflux.Tests.Web.AddressBook;

/// <summary>Whatever is asked for goes along an index: what fits few is read by it, and the rest walks in order and stops.</summary>
public sealed class ContactListPlanTests : IAsyncLifetime
{
    private ContactWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await ContactWorld.OpenAsync();

        // More than fit few have the tag, the word and the standing.
        _world.Sandbox.Execute(
            $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
            INSERT INTO "Contacts" ("Id", "WorkspaceId", "ProfileName", "IsGroup", "FirstSeenAt", "SortName", "LastSeenAt", "Standing", "PhoneDigits", "PhoneTail")
            SELECT i, {_world.Shop.Workspace}, 'Asha ' || i, 0, {Stand.Noon.UtcTicks}, 'asha ' || printf('%05d', i), {Stand.Noon.UtcTicks} + i, 2, '9198765' || printf('%05d', i), printf('%05d', i) || '5678919' FROM n;
            INSERT INTO "ContactWords" ("WorkspaceId", "ContactId", "Word") SELECT "WorkspaceId", "Id", 'asha' FROM "Contacts";
            INSERT INTO "ContactTags" ("WorkspaceId", "ContactId", "Tag", "Shown") SELECT "WorkspaceId", "Id", 'vip', 'VIP' FROM "Contacts";
            UPDATE "Contacts" SET "StageId" = 1;
            """);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(ContactOrder.Name, "IX_Contacts_WorkspaceId_SortName_Id")]
    [InlineData(ContactOrder.LastSeen, "IX_Contacts_WorkspaceId_LastSeenAt_Id")]
    public async Task The_list_walks_along_the_index_of_its_order(ContactOrder order, string index)
    {
        foreach (var wish in new[]
        {
            new ContactWish(), new ContactWish { After = 700 }, new ContactWish { Before = 700 },
            new ContactWish { Search = "asha" }, new ContactWish { Search = "asha", After = 700 }, new ContactWish { Tag = "vip", Before = 700 },
        })
        {
            var plans = await PlansAsync(_world.Manager, wish with { Order = order });
            plans.Should().NotBeEmpty().And.OnlyContain(p => IsInOrder(p));
            plans.Should().Contain(p => p.Contains(index), "{0}", wish);
        }
    }

    [Fact]
    public async Task A_stage_or_a_standing_by_name_has_an_index_of_its_own()
    {
        (await PlansAsync(_world.Manager, new ContactWish { StageId = 1 })).Should().Contain(p => p.Contains("StageId_SortName")).And.OnlyContain(p => IsInOrder(p));
        (await PlansAsync(_world.Manager, new ContactWish { Standing = ConsentStanding.Agreed })).Should().Contain(p => p.Contains("Standing_SortName")).And.OnlyContain(p => IsInOrder(p));
    }

    [Fact]
    public async Task A_word_is_looked_for_at_each_contact_and_not_among_all_that_have_it() =>
        (await PlansAsync(_world.Manager, new ContactWish { Search = "asha" })).Should().Contain(p => p.Contains("ContactId=?", StringComparison.Ordinal) && p.Contains("ContactWords", StringComparison.Ordinal));

    [Fact]
    public async Task What_fits_few_is_read_by_its_own_index()
    {
        (await PlansAsync(_world.Manager, new ContactWish { Search = "24000" })).Should().Contain(p => p.Contains("PhoneTail"))
            .And.Contain(p => p.Contains("USING INTEGER PRIMARY KEY (rowid=?)")).And.NotContain(p => p.Contains("SortName"));
        (await _world.List.GetAsync(_world.Manager, new ContactWish { Search = "24000" }))!.Rows.Should().ContainSingle().Which.Id.Should().Be(42);
    }

    [Fact]
    public async Task An_Agent_with_few_conversations_does_not_walk_through_everybody()
    {
        await _world.MeetAsync("919999900001", "Mine", _world.Shop.Asha);
        using var watch = new CommandWatch(_world.Sandbox);
        (await _world.List.GetAsync(_world.Agent, new ContactWish()))!.Rows.Should().ContainSingle();
        watch.Commands.Should().NotContain(c => c.Sql.Contains("OFFSET", StringComparison.Ordinal), "that is how a walk looks for its end");
    }

    /// <summary>Nothing is sorted but the lines of one page, with their tags.</summary>
    private static bool IsInOrder(string plan)
    {
        var inner = plan.Split("; SCAN c", 2)[0];
        return !inner.Contains("TEMP B-TREE", StringComparison.Ordinal) && !inner.Contains("SCAN", StringComparison.Ordinal);
    }

    private async Task<List<string>> PlansAsync(Actor actor, ContactWish wish)
    {
        using var watch = new CommandWatch(_world.Sandbox);
        (await _world.List.GetAsync(actor, wish))!.Rows.Should().NotBeEmpty();
        return [.. watch.Commands.Where(c => c.Sql.Contains("\"Contacts\"", StringComparison.Ordinal)).Select(c => string.Join("; ", watch.Plan(c)))];
    }
}
