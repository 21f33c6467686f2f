using System.Net;
using Weflux.Web.Account;

namespace Weflux.Tests.Web.Account;

public sealed class SignInLimitsTests
{
    [Fact]
    public void One_address_cannot_try_without_end_whatever_names_it_tries()
    {
        using var limits = new SignInLimits();
        var waits = Enumerable.Range(0, 60).Select(i => limits.Take(IPAddress.Parse("203.0.113.7"), $"NAME{i}")).ToList();

        waits.Take(30).Should().AllSatisfy(wait => wait.Should().BeNull());
        waits[^1].Should().BePositive();
        limits.Take(IPAddress.Parse("203.0.113.8"), "OTHER").Should().BeNull();
    }

    [Fact]
    public void One_name_cannot_be_tried_without_end_whatever_addresses_try_it()
    {
        using var limits = new SignInLimits();
        var waits = Enumerable.Range(0, 60).Select(i => limits.Take(new IPAddress([203, 0, 113, (byte)i]), "ADMIN")).ToList();

        waits.Take(20).Should().AllSatisfy(wait => wait.Should().BeNull());
        waits[^1].Should().BePositive();
    }

    [Fact]
    public void Addresses_of_one_ipv6_network_count_as_one()
    {
        using var limits = new SignInLimits();
        var waits = Enumerable.Range(0, 60).Select(i => limits.Take(IPAddress.Parse($"2001:db8:1:2::{i:x}"), $"NAME{i}")).ToList();

        waits[^1].Should().BePositive();
    }
}
