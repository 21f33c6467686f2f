using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Weflux.Tests.Architecture;
using Weflux.Tests.Support;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Webhooks;

public sealed class SignatureTests
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("demo-app-secret");
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"object":"whatsapp_business_account"}""");
    private static readonly string Hex = Convert.ToHexStringLower(HMACSHA256.HashData(Secret, Body));

    public static TheoryData<string> Malformed =>
    [
        "",
        " ",
        "sha256",
        "sha256=",
        "=",
        Hex,
        "=" + Hex,
        "sha1=" + Hex,
        "sha1=" + Hex[..40],
        "sha512=" + Hex,
        "SHA256=" + Hex,
        "sha256:" + Hex,
        "sha256 " + Hex,
        "sha256==" + Hex,
        "sha256= " + Hex,
        " sha256=" + Hex,
        "sha256=" + Hex + " ",
        "sha256=" + Hex + "\n",
        "sha256=" + Hex[..^1],
        "sha256=" + Hex[..^2],
        "sha256=" + Hex + "0",
        "sha256=" + Hex + "00",
        "sha256=" + Hex[..^1] + "g",
        "sha256=" + Hex[..^1] + "\0",
        "sha256=" + Hex[..^1] + "\u0661",
        "sha256=0x" + Hex[2..],
        "sha256=" + Convert.ToBase64String(HMACSHA256.HashData(Secret, Body)),
        "sha256=" + new string('0', 64),
        "sha256=" + new string('\uff10', 64),
        $"sha256={Hex},sha256={Hex}",
        $"sha256={Hex}, sha1=x",
        $"sha1=x,sha256={Hex}",
        "sha256=" + new string('a', 1024 * 1024),
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_header_signs_nothing(string header) =>
        WebhookSignature.IsValid(Body, Secret, header).Should().BeFalse();

    [Fact]
    public void A_missing_header_signs_nothing() => WebhookSignature.IsValid(Body, Secret, null).Should().BeFalse();

    /// <summary>The platform sends lower case. Hex in capitals is the same number, and nobody can make it without the secret.</summary>
    [Fact]
    public void The_right_number_signs_in_either_case()
    {
        WebhookSignature.IsValid(Body, Secret, "sha256=" + Hex).Should().BeTrue();
        WebhookSignature.IsValid(Body, Secret, "sha256=" + Hex.ToUpperInvariant()).Should().BeTrue();
    }

    [Fact]
    public void No_other_body_secret_or_signature_is_accepted() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Byte.Array[1, 40], Gen.Int[0, 1_000_000], Gen.Int[0, 2]).Sample(
            (body, secret, bit, what) =>
            {
                var signature = HMACSHA256.HashData(secret, body);
                WebhookSignature.IsValid(body, secret, Header(signature)).Should().BeTrue();
                switch (what)
                {
                    case 0:
                        body = Flipped(body, bit);
                        break;
                    case 1:
                        secret = Flipped(secret, bit);
                        break;
                    default:
                        signature = Flipped(signature, bit);
                        break;
                }

                WebhookSignature.IsValid(body, secret, Header(signature)).Should().BeFalse();
            },
            iter: Fuzz.Iterations(3_000));

    [Fact]
    public void No_random_header_signs_or_throws() =>
        Gen.OneOf(Gen.String, Gen.String.Select(s => "sha256=" + s), Gen.String[Gen.Char["0123456789abcdefABCDEFg= ,"], 60, 68].Select(s => "sha256=" + s))
            .Sample(header => WebhookSignature.IsValid(Body, Secret, header).Should().BeFalse(), iter: Fuzz.Iterations(3_000));

    [Theory]
    [InlineData("WebhookSignature.cs")]
    [InlineData("WebhookIntake.cs")]
    public void Secrets_are_compared_in_constant_time(string file)
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "Weflux.Web", "Webhooks", file));

        source.Should().Contain("CryptographicOperations.FixedTimeEquals").And.NotContain("SequenceEqual");
    }

    private static string Header(byte[] signature) => "sha256=" + Convert.ToHexStringLower(signature);

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        if (bytes.Length == 0)
        {
            return [0];
        }

        var flipped = bytes.ToArray();
        flipped[bit / 8 % bytes.Length] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
