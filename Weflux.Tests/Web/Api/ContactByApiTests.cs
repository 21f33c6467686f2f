using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Contacts;
using Weflux.Tests.Support;
using Weflux.Web.Contacts;

namespace Weflux.Tests.Web.Api;

/// <summary>What programs do with contacts, over HTTP.</summary>
public sealed class ContactByApiTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private static readonly string[] Scopes = ["contacts:read", "contacts:write", "contacts:phone", "contacts:consent"];

    private WefluxHost Host => shared.Host;

    [Fact]
    public async Task A_contact_is_added_once_and_then_found_in_every_spelling_of_its_number()
    {
        using var api = await ProgramAsync();

        var (status, added) = await SaveAsync(api, new { phone = "+5511987654321", name = "Beatriz" });
        status.Should().Be(HttpStatusCode.Created);
        added.GetProperty("name").GetString().Should().Be("Beatriz");
        var id = added.GetProperty("id").GetInt64();
        foreach (var spelling in new[] { "+55 11 98765-4321", "+551187654321", "5511987654321" })
        {
            var (again, found) = await SaveAsync(api, new { phone = spelling });
            (again, found.GetProperty("id").GetInt64(), found.GetProperty("name").GetString()).Should().Be((HttpStatusCode.OK, id, "Beatriz"), spelling);
        }
    }

    [Fact]
    public async Task Of_many_who_add_the_same_number_at_once_one_contact_comes()
    {
        using var api = await ProgramAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => SaveAsync(api, new { phone = i % 2 == 0 ? "+5521987650000" : "+552187650000" })));
        answers.Select(a => a.Contact.GetProperty("id").GetInt64()).Distinct().Should().ContainSingle();
        answers.Count(a => a.Status == HttpStatusCode.Created).Should().Be(1);
    }

    [Fact]
    public async Task Fields_are_typed_and_stages_and_tags_are_kept()
    {
        await FieldAsync("Orders", ContactFieldType.Number);
        await FieldAsync("Member", ContactFieldType.YesNo);
        await FieldAsync("Birthday", ContactFieldType.Date);
        await FieldAsync("City", ContactFieldType.Text);
        using var api = await ProgramAsync();
        var words = await api.GetJsonAsync("/api/v1/contact-fields");
        words.GetProperty("fields").EnumerateArray().Select(f => (f.GetProperty("key").GetString(), f.GetProperty("type").GetString()))
            .Should().Contain([("orders", "number"), ("member", "yes_no"), ("birthday", "date"), ("city", "text")]);

        var (_, saved) = await SaveAsync(api, new
        {
            phone = "+919800000101",
            stage = "customer",
            fields = new { orders = 12.5, member = true, birthday = "1990-02-28", city = "Pune" },
            addTags = new[] { "VIP", "Pune" },
        });

        saved.GetProperty("stage").GetProperty("name").GetString().Should().Be("Customer");
        var fields = saved.GetProperty("fields");
        (fields.GetProperty("orders").GetDecimal(), fields.GetProperty("member").GetBoolean(), fields.GetProperty("birthday").GetString(), fields.GetProperty("city").GetString())
            .Should().Be((12.5m, true, "1990-02-28", "Pune"));
        saved.GetProperty("tags").EnumerateArray().Select(t => t.GetString()).Should().BeEquivalentTo("VIP", "Pune");

        var id = saved.GetProperty("id").GetInt64();
        using var changed = await api.PatchAsJsonAsync($"/api/v1/contacts/{id}", new { stage = "", fields = new { city = (string?)null }, removeTags = new[] { "vip" } });
        var after = await ReadAsync(changed);
        after.GetProperty("stage").ValueKind.Should().Be(JsonValueKind.Null);
        after.GetProperty("fields").TryGetProperty("city", out _).Should().BeFalse();
        after.GetProperty("fields").GetProperty("orders").GetDecimal().Should().Be(12.5m, "what is not named stays");
        after.GetProperty("tags").EnumerateArray().Select(t => t.GetString()).Should().Equal("Pune");
        (await Host.ReadAsync(db => db.Set<ContactChange>().Where(c => c.ContactId == id).Select(c => c.ActorName).Distinct().ToListAsync())).Should().Equal("Test");
        JsonElement.DeepEquals(after, await api.GetJsonAsync($"/api/v1/contacts/{id}")).Should().BeTrue();
    }

    [Fact]
    public async Task If_anything_is_wrong_nothing_is_saved()
    {
        await FieldAsync("Points", ContactFieldType.Number);
        using var api = await ProgramAsync();
        var (_, contact) = await SaveAsync(api, new { phone = "+919800000102", name = "Before" });
        var id = contact.GetProperty("id").GetInt64();

        foreach (var (body, reason) in new (object, string)[]
        {
            (new { name = "After", fields = new { points = "many" } }, "field_not_possible"),
            (new { name = "After", fields = new { points = true } }, "field_not_possible"),
            (new { name = "After", fields = new { nothing = 1 } }, "field_unknown"),
            (new { name = "After", stage = "Nowhere" }, "stage_unknown"),
            (new { name = "After", addTags = new[] { "a,b" } }, "tag_not_possible"),
            (new { name = "After\nmore" }, "name_not_possible"),
        })
        {
            using var answer = await api.PatchAsJsonAsync($"/api/v1/contacts/{id}", body);
            var problem = await answer.ProblemAsync();
            (answer.StatusCode, problem.GetProperty("reason").GetString()).Should().Be((HttpStatusCode.UnprocessableEntity, reason));
        }

        (await api.GetJsonAsync($"/api/v1/contacts/{id}")).GetProperty("name").GetString().Should().Be("Before");
        using var nobody = await api.PostAsJsonAsync("/api/v1/contacts", new { phone = "+919800000103", stage = "Nowhere" });
        nobody.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await Host.ContactsAsync()).Should().NotContain(c => c.PhoneDigits == "919800000103");
    }

    [Fact]
    public async Task What_is_refused_while_it_is_saved_takes_all_of_it_back()
    {
        await FieldAsync("Shoe size", ContactFieldType.Number);
        using var api = await ProgramAsync();
        var (_, contact) = await SaveAsync(api, new { phone = "+919800000107", name = "Before" });
        var id = contact.GetProperty("id").GetInt64();
        var lines = await LinesAsync(id);
        string[] tooMany = [.. Enumerable.Range(0, ContactTagRules.MostTags + 1).Select(i => $"tag {i}")];
        var fields = new Dictionary<string, int> { ["shoe-size"] = 38 };

        using var changed = await api.PatchAsJsonAsync($"/api/v1/contacts/{id}", new { name = "After", stage = "customer", fields, addTags = tooMany });
        using var found = await api.PostAsJsonAsync("/api/v1/contacts", new { phone = "+919800000107", name = "After", addTags = tooMany });
        using var added = await api.PostAsJsonAsync("/api/v1/contacts", new { phone = "+919800000108", name = "After", addTags = tooMany });

        foreach (var answer in new[] { changed, found, added })
        {
            (answer.StatusCode, (await answer.ProblemAsync()).GetProperty("reason").GetString()).Should().Be((HttpStatusCode.UnprocessableEntity, "tag_not_possible"));
        }

        JsonElement.DeepEquals(contact, await api.GetJsonAsync($"/api/v1/contacts/{id}")).Should().BeTrue("neither name nor stage nor fields nor a tag was saved");
        (await LinesAsync(id)).Should().Be(lines, "the history tells of nothing that is not so");
        (await Host.ContactsAsync()).Should().NotContain(c => c.PhoneDigits == "919800000108");
    }

    [Fact]
    public async Task Tags_that_go_make_room_and_what_goes_and_comes_stays()
    {
        using var api = await ProgramAsync();
        string[] full = [.. Enumerable.Range(0, ContactTagRules.MostTags).Select(i => $"tag {i}")];
        var (_, contact) = await SaveAsync(api, new { phone = "+919800000109", addTags = full });
        var id = contact.GetProperty("id").GetInt64();

        using var changed = await api.PatchAsJsonAsync(
            $"/api/v1/contacts/{id}", new { removeTags = new[] { "tag 0", "TAG 0", "tag 1" }, addTags = new[] { "New", "new", "Tag 1" } });

        (await ReadAsync(changed)).GetProperty("tags").EnumerateArray().Select(t => t.GetString()).Should().BeEquivalentTo(full.Skip(1).Append("New"));
        var lines = await Host.ReadAsync(db => db.Set<ContactChange>().AsNoTracking().Where(c => c.ContactId == id).OrderByDescending(c => c.Id).Take(2).ToListAsync());
        lines.Select(c => (c.Before, c.After)).Should().BeEquivalentTo(new (string?, string?)[] { (null, "New"), ("tag 0", null) });
        (await LinesAsync(id)).Should().Be(ContactTagRules.MostTags + 3, "one for the contact and one for each tag that came or went");
    }

    [Theory]
    [InlineData("12", "phone_not_possible")]
    [InlineData("call me", "phone_not_possible")]
    [InlineData("+91 98765 43210", "own_number")]
    public async Task A_number_that_cannot_be_a_customers_is_refused(string phone, string reason)
    {
        using var api = await ProgramAsync();
        using var answer = await api.PostAsJsonAsync("/api/v1/contacts", new { phone });
        (await answer.ProblemAsync()).GetProperty("reason").GetString().Should().Be(reason);
    }

    [Fact]
    public async Task Consent_is_recorded_with_its_proof_and_once()
    {
        using var api = await ProgramAsync();
        var (_, contact) = await SaveAsync(api, new { phone = "+919800000104" });
        var id = contact.GetProperty("id").GetInt64();
        var on = DateOnly.FromDateTime(Host.Clock.GetUtcNow().UtcDateTime).AddDays(-1);
        var given = new { purpose = "marketing", decision = "given", way = "website", words = "Yes, send me offers", on };

        for (var i = 0; i < 2; i++)
        {
            using var answer = await api.PostAsJsonAsync($"/api/v1/contacts/{id}/consents", given);
            (await ReadAsync(answer)).GetProperty("consent").GetProperty("marketingGivenAt").ValueKind.Should().Be(JsonValueKind.String);
        }

        var entry = (await Host.ReadAsync(db => db.Set<ConsentEntry>().AsNoTracking().Where(e => e.ContactId == id).ToListAsync())).Should().ContainSingle().Subject;
        (entry.Evidence, entry.ActorId, entry.Source).Should().Be(("On our website: Yes, send me offers", (Weflux.Domain.Team.UserId?)null, ConsentSource.Person));
        using var wordless = await api.PostAsJsonAsync($"/api/v1/contacts/{id}/consents", given with { words = " " });
        (await wordless.ProblemAsync()).GetProperty("detail").GetString().Should().Contain("exact words");
        using var nonsense = await api.PostAsJsonAsync($"/api/v1/contacts/{id}/consents", given with { way = "telepathy" });
        nonsense.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Each_scope_that_is_missing_is_named()
    {
        foreach (var (scopes, missing) in new[]
        {
            (new[] { "contacts:write" }, "contacts:read"),
            (["contacts:write", "contacts:read"], "contacts:phone"),
        })
        {
            using var api = Host.NewApiClient((await Host.IssueKeyAsync(scopes)).Key);
            using var answer = await api.PostAsJsonAsync("/api/v1/contacts", new { phone = "+919800000105" });
            (await answer.ProblemAsync()).GetProperty("scope").GetString().Should().Be(missing);
        }
    }

    [Fact]
    public async Task Without_the_scope_for_phones_a_number_in_a_field_is_masked_too()
    {
        await FieldAsync("Second phone", ContactFieldType.Text);
        using var api = await ProgramAsync();
        var (_, contact) = await SaveAsync(api, new { phone = "+919800000106", fields = new Dictionary<string, string> { ["second-phone"] = "+91 99999 12345" } });
        using var masked = Host.NewApiClient((await Host.IssueKeyAsync(["contacts:read"])).Key);

        var seen = await masked.GetJsonAsync($"/api/v1/contacts/{contact.GetProperty("id").GetInt64()}");

        seen.ToString().Should().NotContain("99999").And.NotContain("919800000106");
        seen.GetProperty("fields").GetProperty("second-phone").GetString().Should().Be("+91 ••••• •••45");
    }

    private Task<int> LinesAsync(long contact) => Host.ReadAsync(db => db.Set<ContactChange>().CountAsync(c => c.ContactId == contact));

    private async Task<HttpClient> ProgramAsync() => Host.NewApiClient((await Host.IssueKeyAsync(Scopes)).Key);

    private async Task FieldAsync(string name, ContactFieldType type) =>
        (await Host.Services.GetRequiredService<SaveContactField>().ExecuteAsync(
            await Host.ActorAsync("admin@demo.test"), new FieldDraft(null, name, "", type, ""))).IsDone.Should().BeTrue();

    private static async Task<(HttpStatusCode Status, JsonElement Contact)> SaveAsync(HttpClient api, object body)
    {
        using var answer = await api.PostAsJsonAsync("/api/v1/contacts", body);
        return (answer.StatusCode, await ReadAsync(answer));
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue(text);
        return JsonDocument.Parse(text).RootElement;
    }
}
