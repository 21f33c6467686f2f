using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Weflux.Domain.Events;

namespace Weflux.Tests.Domain.Events;

public sealed class EventSignatureTests
{
    /// <summary>The first row is that of the specification, the second was reckoned with another program.</summary>
    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}""", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "evt_1", 1763803800, """{"words":"héllo"}""", "v1,J6vQHurLzb8l1abx19aR38VGtGOIXIqgR2D1ZGHU99k=")]
    public void A_signature_is_the_one_that_others_reckon(string secret, string id, long at, string body, string signature) =>
        EventSignature.Sign(Convert.FromBase64String(secret), id, DateTimeOffset.FromUnixTimeSeconds(at), Encoding.UTF8.GetBytes(body)).Should().Be(signature);

    [Fact]
    public void Parts_of_a_second_do_not_count() =>
        EventSignature.Sign([1], "evt_1", Given.Noon.AddMilliseconds(999), [2]).Should().Be(EventSignature.Sign([1], "evt_1", Given.Noon, [2]));

    [Fact]
    public void A_secret_is_written_as_the_specification_says() =>
        EventSignature.Write(Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).Should().Be("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    [Fact]
    public void Whatever_changes_changes_the_signature()
    {
        var some = Gen.Byte.Array[1, 64];
        Gen.Select(some, some, Gen.String.AlphaNumeric, Gen.Long[0, 4_000_000_000], Gen.Int[0, 3]).Sample((secret, body, id, at, what) =>
        {
            var time = DateTimeOffset.FromUnixTimeSeconds(at);
            var before = EventSignature.Sign(secret, id, time, body);
            var after = what switch
            {
                0 => EventSignature.Sign([.. secret, 7], id, time, body),
                1 => EventSignature.Sign(secret, id + "x", time, body),
                2 => EventSignature.Sign(secret, id, time.AddSeconds(1), body),
                _ => EventSignature.Sign(secret, id, time, [.. body, 0]),
            };
            var plain = HMACSHA256.HashData(secret, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{at}."), .. body]);
            return before == "v1," + Convert.ToBase64String(plain) && before != after;
        });
    }
}
