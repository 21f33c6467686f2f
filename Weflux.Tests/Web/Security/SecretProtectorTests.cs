using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Tests.Web.Security;

public sealed class SecretProtectorTests
{
    private const string Context = "Connections/200000000000001/AccessToken";
    private readonly SecretProtector _protector = new(Keys.Ring("first", "first"));

    [Theory]
    [InlineData("")]
    [InlineData("EAAG-token")]
    [InlineData("नमस्ते")]
    public void What_was_encrypted_comes_back(string secret) =>
        _protector.UnprotectText(_protector.ProtectText(secret, Context), Context).Should().Be(secret);

    [Fact]
    public void The_same_secret_never_looks_the_same() =>
        _protector.ProtectText("same", Context).Should().NotEqual(_protector.ProtectText("same", Context));

    [Fact]
    public void A_value_moved_to_another_row_does_not_open()
    {
        var value = _protector.ProtectText("secret", Context);

        FluentActions.Invoking(() => _protector.Unprotect(value, "Connections/200000000000002/AccessToken"))
            .Should().Throw<CryptographicException>();
    }

    [Fact]
    public void A_value_with_any_byte_changed_does_not_open()
    {
        var value = _protector.ProtectText("secret", Context);
        for (var at = 0; at < value.Length; at++)
        {
            var changed = value.ToArray();
            changed[at] ^= 1;
            FluentActions.Invoking(() => _protector.Unprotect(changed, Context)).Should().Throw<CryptographicException>($"byte {at} was changed");
        }
    }

    [Fact]
    public void A_value_cut_anywhere_does_not_open()
    {
        var value = _protector.ProtectText("secret", Context);
        for (var length = 0; length < value.Length; length++)
        {
            var cut = value[..length];
            FluentActions.Invoking(() => _protector.Unprotect(cut, Context)).Should().Throw<CryptographicException>($"{length} bytes were left");
        }
    }

    [Fact]
    public void An_old_key_still_opens_what_it_closed_and_a_removed_one_does_not()
    {
        var value = _protector.ProtectText("secret", Context);

        new SecretProtector(Keys.Ring("second", "first", "second")).UnprotectText(value, Context).Should().Be("secret");
        FluentActions.Invoking(() => new SecretProtector(Keys.Ring("second", "second")).Unprotect(value, Context))
            .Should().Throw<CryptographicException>().WithMessage("*'first'*key ring*");
    }
}

internal static class Keys
{
    /// <summary>A ring whose keys are made from their names.</summary>
    public static KeyRing Ring(string current, params string[] names)
    {
        var options = new KeyRingOptions { Current = current };
        foreach (var name in names)
        {
            options.Ring[name] = Key(name);
        }

        return Load(options);
    }

    public static string Key(string name) => Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)));

    public static KeyRing Load(KeyRingOptions options, bool mayGenerate = false, string? folder = null)
    {
        var own = folder is null ? Directory.CreateTempSubdirectory("weflux-") : null;
        try
        {
            var configuration = new ConfigurationBuilder()
                .AddInMemoryCollection([new("Weflux:DataDirectory", folder ?? own!.FullName)]).Build();
            return KeyRing.Load(options, new DataDirectory(configuration), mayGenerate);
        }
        finally
        {
            own?.Delete(recursive: true);
        }
    }
}
