using Weflux.Domain.Events;

namespace Weflux.Tests.Domain.Events;

public sealed class EventAddressTests
{
    private static readonly string[] Named = ["n8n.internal", "10.1.2.3", "[fd00::7]"];

    [Theory]
    [InlineData("https://example.com/weflux", EventAddressFault.None)]
    [InlineData("  https://example.com/weflux?key=1  ", EventAddressFault.None)]
    [InlineData("https://example.com:8443/", EventAddressFault.None)]
    [InlineData("https://1.1.1.1/", EventAddressFault.None)]
    [InlineData("https://n8n.internal:5678/hook", EventAddressFault.None)]
    [InlineData("https://N8N.INTERNAL./hook", EventAddressFault.None)]
    [InlineData("https://10.1.2.3/hook", EventAddressFault.None)]
    [InlineData("https://[fd00::7]/hook", EventAddressFault.None)]
    [InlineData("http://n8n.internal/hook", EventAddressFault.NotHttps)]
    [InlineData("http://example.com/", EventAddressFault.NotHttps)]
    [InlineData("http://localhost:3000/", EventAddressFault.NotHttps)]
    [InlineData("https://user@example.com/", EventAddressFault.HasPerson)]
    [InlineData("https://user:password@example.com/", EventAddressFault.HasPerson)]
    [InlineData("https://example.com@127.0.0.1/", EventAddressFault.HasPerson)]
    [InlineData("https://example.com:22/", EventAddressFault.Port)]
    [InlineData("https://example.com:6379/", EventAddressFault.Port)]
    [InlineData("https://localhost/", EventAddressFault.NotPublic)]
    [InlineData("https://a.localhost/", EventAddressFault.NotPublic)]
    [InlineData("https://localhost./", EventAddressFault.NotPublic)]
    [InlineData("https://database/", EventAddressFault.NotPublic)]
    [InlineData("https://printer.local/", EventAddressFault.NotPublic)]
    [InlineData("https://metadata.google.internal/", EventAddressFault.NotPublic)]
    [InlineData("https://127.0.0.1/", EventAddressFault.NotPublic)]
    [InlineData("https://127.1/", EventAddressFault.NotPublic)]
    [InlineData("https://0x7f.0.0.1/", EventAddressFault.NotPublic)]
    [InlineData("https://2130706433/", EventAddressFault.NotPublic)]
    [InlineData("https://169.254.169.254/latest/meta-data/", EventAddressFault.NotPublic)]
    [InlineData("https://[::1]/", EventAddressFault.NotPublic)]
    [InlineData("https://[::ffff:10.0.0.1]/", EventAddressFault.NotPublic)]
    [InlineData("https://[fd00::8]/", EventAddressFault.NotPublic)]
    [InlineData("https://10.1.2.4/", EventAddressFault.NotPublic)]
    [InlineData("ftp://example.com/", EventAddressFault.NotWhole)]
    [InlineData("file:///etc/passwd", EventAddressFault.NotWhole)]
    [InlineData("example.com/weflux", EventAddressFault.NotWhole)]
    [InlineData("/weflux", EventAddressFault.NotWhole)]
    [InlineData("https://", EventAddressFault.NotWhole)]
    [InlineData("https://example.com/#part", EventAddressFault.NotWhole)]
    [InlineData("https://example.com/\r\nHost: other", EventAddressFault.NotWhole)]
    [InlineData("", EventAddressFault.NotWhole)]
    [InlineData(null, EventAddressFault.NotWhole)]
    public void An_address_is_taken_only_if_it_leads_out_and_nobody_on_the_way_can_read(string? text, EventAddressFault fault)
    {
        EventAddress.Read(text, Named, mayBeThisMachine: false, out var address).Should().Be(fault);
        (address is null).Should().Be(fault != EventAddressFault.None);
    }

    [Theory]
    [InlineData("http://localhost:3000/hook", EventAddressFault.None)]
    [InlineData("http://127.0.0.1:3000/hook", EventAddressFault.None)]
    [InlineData("http://[::1]:3000/hook", EventAddressFault.None)]
    [InlineData("https://localhost:7001/hook", EventAddressFault.None)]
    [InlineData("http://10.0.0.1/hook", EventAddressFault.NotHttps)]
    [InlineData("https://10.0.0.1/hook", EventAddressFault.NotPublic)]
    [InlineData("http://localhost.example.com/hook", EventAddressFault.NotHttps)]
    [InlineData("http://user@localhost/hook", EventAddressFault.HasPerson)]
    public void While_developing_this_machine_may_be_told_and_no_other(string text, EventAddressFault fault) =>
        EventAddress.Read(text, [], mayBeThisMachine: true, out _).Should().Be(fault);

    [Fact]
    public void An_address_that_is_longer_than_is_kept_is_refused() =>
        EventAddress.Read($"https://example.com/{new string('a', EventAddress.MaxLength)}", [], mayBeThisMachine: false, out _).Should().Be(EventAddressFault.TooLong);
}
