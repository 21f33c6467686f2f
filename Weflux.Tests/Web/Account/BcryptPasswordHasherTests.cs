using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Weflux.Web.Account;

namespace Weflux.Tests.Web.Account;

public sealed class BcryptPasswordHasherTests
{
    private static readonly WefluxUser Somebody = new();
    private static readonly BcryptPasswordHasher Quick = WithCost(10);

    [Fact]
    public void The_cost_is_twelve_unless_configured()
    {
        new PasswordHashOptions().Cost.Should().Be(12);
        WithCost(12).HashPassword(Somebody, "a long enough one").Should().StartWith("$2a$12$");
    }

    [Fact]
    public void The_cost_never_falls_below_ten() =>
        WithCost(4).HashPassword(Somebody, "a long enough one").Should().StartWith("$2a$10$");

    [Fact]
    public void Letters_after_the_72nd_byte_count()
    {
        var head = new string('é', 36);
        var hash = Quick.HashPassword(Somebody, head + "one");

        Quick.VerifyHashedPassword(Somebody, hash, head + "one").Should().Be(PasswordVerificationResult.Success);
        Quick.VerifyHashedPassword(Somebody, hash, head + "two").Should().Be(PasswordVerificationResult.Failed);
        Quick.VerifyHashedPassword(Somebody, hash, head).Should().Be(PasswordVerificationResult.Failed);
    }

    [Fact]
    public void A_zero_character_ends_nothing()
    {
        var hash = Quick.HashPassword(Somebody, "before\0after");

        Quick.VerifyHashedPassword(Somebody, hash, "before\0other").Should().Be(PasswordVerificationResult.Failed);
    }

    [Fact]
    public void A_hash_of_lower_cost_is_to_be_made_anew()
    {
        var hash = Quick.HashPassword(Somebody, "a long enough one");

        WithCost(11).VerifyHashedPassword(Somebody, hash, "a long enough one").Should().Be(PasswordVerificationResult.SuccessRehashNeeded);
        Quick.VerifyHashedPassword(Somebody, hash, "a long enough one").Should().Be(PasswordVerificationResult.Success);
    }

    [Fact]
    public void A_password_beyond_the_limit_is_neither_hashed_nor_checked()
    {
        var tooLong = new string('x', PasswordLimit.Highest + 1);

        FluentActions.Invoking(() => Quick.HashPassword(Somebody, tooLong)).Should().Throw<ArgumentException>();
        Quick.VerifyHashedPassword(Somebody, "not even a hash", tooLong).Should().Be(PasswordVerificationResult.Failed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a hash")]
    [InlineData("$2a$12$short")]
    public void A_broken_hash_lets_nobody_in(string hash) =>
        Quick.VerifyHashedPassword(Somebody, hash, "anything").Should().Be(PasswordVerificationResult.Failed);

    private static BcryptPasswordHasher WithCost(int cost) => new(Options.Create(new PasswordHashOptions { Cost = cost }));
}
