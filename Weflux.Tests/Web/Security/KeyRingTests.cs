using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Tests.Web.Security;

public sealed class KeyRingTests
{
    [Fact]
    public void Without_keys_production_does_not_start() =>
        FluentActions.Invoking(() => Keys.Load(new KeyRingOptions())).Should().Throw<StartupRefusedException>().WithMessage("*openssl rand*");

    [Fact]
    public void A_development_machine_makes_a_key_once_that_only_its_owner_reads()
    {
        var folder = Directory.CreateTempSubdirectory("weflux-");
        try
        {
            var first = Keys.Load(new KeyRingOptions(), mayGenerate: true, folder.FullName);
            var second = Keys.Load(new KeyRingOptions(), mayGenerate: true, folder.FullName);

            second.Find(second.CurrentId).Should().Equal(first.Find(first.CurrentId));
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(Path.Combine(folder.FullName, "keys.json"))
                    .Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(null, "k1", 32, "*Current must name one*")]
    [InlineData("k2", "k1", 32, "*Current must name one*")]
    [InlineData("k1", "k1", 16, "*must be 32 bytes*")]
    [InlineData("k1", "k1", 33, "*must be 32 bytes*")]
    [InlineData("k 1", "k 1", 32, "*letters and digits*")]
    public void A_faulty_ring_is_refused_in_words(string? current, string id, int length, string message) =>
        FluentActions.Invoking(() => Keys.Load(new KeyRingOptions { Current = current, Ring = { [id] = Convert.ToBase64String(new byte[length]) } }))
            .Should().Throw<StartupRefusedException>().WithMessage(message);
}
