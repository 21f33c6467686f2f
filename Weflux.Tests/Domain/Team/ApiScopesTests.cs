using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Team;

public sealed class ApiScopesTests
{
    /// <summary>The table as people read it: each scope gives one thing.</summary>
    public static TheoryData<string, Permission> Table => new()
    {
        { "conversations:read", Permission.SeeAllConversations },
        { "messages:read", Permission.ReadAllMessages },
        { "messages:send", Permission.SendMessages },
        { "templates:send", Permission.SendTemplates },
        { "contacts:read", Permission.SeeAllContacts },
        { "contacts:phone", Permission.SeePhoneNumbers },
        { "deliveries:read", Permission.SeeDeliveries },
        { "deliveries:replay", Permission.ReplayDeliveries },
        { "media:write", Permission.UploadFiles },
        { "templates:read", Permission.SeeTemplates },
        { "conversations:write", Permission.WorkConversations },
        { "conversations:assign", Permission.AssignToOthers },
        { "contacts:write", Permission.EditContacts },
        { "contacts:consent", Permission.CurateContacts },
        { "events:read", Permission.SeeEvents },
        { "events:replay", Permission.ReplayEvents },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_scope_gives_one_permission_and_nothing_else(string scope, Permission permission)
    {
        PermissionsOf(scope).Should().Equal(permission);
        ApiScopes.For(permission).Should().Be(scope);
    }

    [Fact]
    public void The_table_has_every_scope() =>
        ApiScopes.Each.Should().BeEquivalentTo(Table.Select(row => row.Data.Item1)).And.BeInAscendingOrder(StringComparer.Ordinal);

    [Fact]
    public void The_star_gives_what_the_scopes_give_and_no_more() =>
        PermissionsOf("*").Should().BeEquivalentTo(Table.Select(row => row.Data.Item2));

    [Theory]
    [InlineData("")]
    [InlineData("Conversations:Read")]
    [InlineData("conversations")]
    [InlineData("**")]
    [InlineData("contacts:phone ")]
    public void A_word_that_is_no_scope_gives_nothing(string word)
    {
        PermissionsOf(word).Should().BeEmpty();
        ApiScopes.IsKnown(word).Should().BeFalse();
    }

    [Theory]
    [InlineData("*")]
    [InlineData("messages:read")]
    public void Scopes_are_known(string word) => ApiScopes.IsKnown(word).Should().BeTrue();

    [Fact]
    public void A_key_acts_under_its_own_name_and_is_no_person()
    {
        var actor = Key("messages:read");

        (actor.Name, actor.User, actor.Role, actor.Workspace).Should().Be(("Warehouse", default, default, Given.Workspace));
        actor.Key!.Id.ToString().Should().Be("7");
    }

    [Fact]
    public void A_key_sees_every_conversation_or_none()
    {
        foreach (var assignee in new UserId?[] { null, Given.Asha, default(UserId) })
        {
            Key("conversations:read").MaySee(new Holding(assignee)).Should().BeTrue();
            Key("messages:read", "contacts:read").MaySee(new Holding(assignee)).Should().BeFalse();
            Key("messages:send").MaySee(new Holding(assignee)).Should().BeTrue("it holds no conversation, and sends into each");
            Key("templates:send").MaySee(new Holding(assignee)).Should().BeTrue();
            Key("conversations:write").MaySee(new Holding(assignee)).Should().BeTrue("it works each");
            Key("conversations:assign").MaySee(new Holding(assignee)).Should().BeFalse("without working them it assigns nothing");
        }
    }

    [Fact]
    public void No_key_takes_conversations_or_makes_keys_and_webhooks()
    {
        Key("*").May(Permission.TakeUnassigned).Should().BeFalse();
        Key("*").May(Permission.ManageApiKeys).Should().BeFalse();
        Key("*").May(Permission.ManageWebhooks).Should().BeFalse();
    }

    [Fact]
    public void A_person_has_no_key() =>
        new Actor(Given.Workspace, Given.Asha, "Asha", Role.Admin, AgentSettings.Default).Key.Should().BeNull();

    [Fact]
    public void A_permission_that_no_scope_gives_has_no_word() => ApiScopes.For(Permission.ManageApiKeys).Should().BeNull();

    private static IEnumerable<Permission> PermissionsOf(string scope) => Enum.GetValues<Permission>().Where(Key(scope).May);

    private static Actor Key(params string[] scopes) => Actor.WithKey(Given.Workspace, new ApiKeyGrant(new ApiKeyId(7), "Warehouse", scopes));
}
