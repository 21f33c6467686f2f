using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Inbox;

namespace Weflux.Tests.Web.Inbox;

/// <summary>Many a profile is called by its number, and the name is no way round the mask.</summary>
public sealed class ContactNamesTests
{
    private const string Name = "+91 91234 56789";

    [Fact]
    public void A_name_that_is_a_number_is_masked_like_a_number()
    {
        PhoneNumber.TryParse(Name, out var phone).Should().BeTrue();

        ContactNames.Show(Name, phone, seesNumbers: false).Should().Be("+91 ••••• •••89");
        ContactNames.Show(Name, phone, seesNumbers: true).Should().Be(Name);
        ContactNames.Show("Asha 24", phone, seesNumbers: false).Should().Be("Asha 24");
    }

    [Theory]
    [InlineData("91234", false)]
    [InlineData("567", false)]
    [InlineData("91", true)]
    [InlineData("asha", true)]
    public void Whoever_does_not_see_digits_of_a_name_does_not_find_by_them(string word, bool mayFind)
    {
        var contact = Contact.Meet(new WorkspaceId(1), Rows.Noon);
        contact.Hear(new HeardContact([], "919123456789", $"Asha {Name}", null), Rows.Noon);

        ContactNames.MayFind(contact, [word], seesNumbers: false).Should().Be(mayFind);
        ContactNames.MayFind(contact, [word], seesNumbers: true).Should().BeTrue();
    }
}
