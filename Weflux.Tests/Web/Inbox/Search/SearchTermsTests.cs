using System.Globalization;
using System.Text;
using CsCheck;
using Microsoft.Data.Sqlite;
using Weflux.Web.Inbox.Search;

namespace Weflux.Tests.Web.Inbox.Search;

/// <summary>Whatever somebody types, the index understands what comes out, and nothing of it is an operator.</summary>
public sealed class SearchTermsTests : IDisposable
{
    private static readonly string[] Hostile =
    [
        "\"", "\"\"", "''", "*", "a*", "AND", "OR", "NOT", "NEAR(a b, 3)", "a NEAR b", "{scope} : x", "scope:", "^a", "a + b", "a - b", "-a", "(", ")", "((a)", "a\0b", "\uD800", "a\uDC00",
        "\uE000\uE001", "\U000F0000", "😀", "👩‍👩‍👧‍👦", "1️⃣", "明天可以送货吗", "مَرْحَبًا", "नमस्ते दुनिया", "می‌خواهم", "ก่อน", "İstanbul", "ﬁne", "e\u0301", "\u0301", "ſ", "'; DROP TABLE Messages; --", "a%b_c", "[a-z]",
    ];

    private static readonly Gen<string> Typed = Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char["\"*():^+-{}abc 12'\u0301\uE000é明नم"], 0, 40],
        Gen.OneOf(Hostile).Array[1, 5].Select(parts => string.Join(' ', parts)));

    private readonly SqliteConnection _index = new("Data Source=:memory:");

    public SearchTermsTests()
    {
        _index.Open();
        Run("""CREATE VIRTUAL TABLE f USING fts5("text", "scope", content='', columnsize=0, prefix='3 4 5 6', tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co M*'");""");
        Run("INSERT INTO f(rowid, text, scope) VALUES (1, 'green masala chai', 'x');");
    }

    public void Dispose() => _index.Dispose();

    [Fact]
    public void Any_string_makes_a_question_that_the_index_of_SQLite_takes() => Typed.Sample(typed =>
    {
        var terms = SearchTerms.Of(typed);
        if (!terms.IsEmpty)
        {
            Ask($"{{scope}} : \"x\" AND {{text}} : ({terms.ForSqlite()})");
        }
    }, iter: 3000, threads: 1);

    [Fact]
    public void Any_string_makes_words_of_letters_and_digits_alone_for_SQL_Server() => Typed.Sample(typed =>
    {
        var terms = SearchTerms.Of(typed);
        terms.All.SelectMany(t => t.Words).Where(w => !w.EnumerateRunes().All(IsOfWord)).Should().BeEmpty();
        if (!terms.IsEmpty)
        {
            string.Join(" AND ", terms.All.Select(t => $"\"{string.Join(' ', t.Words)}{(t.IsBeginning ? "*" : "")}\"")).Should().Be(terms.ForSqlServer());
        }
    }, iter: 3000);

    [Fact]
    public void Any_string_can_be_marked_in_any_text_and_the_pieces_are_the_text() => Gen.Select(Typed, Typed).Sample((typed, text) =>
    {
        List<string> pieces = [.. Snippet.Of(text, SearchTerms.Of(typed)).Select(p => p.Text)];
        var shown = pieces.Skip(pieces is ["…", ..] ? 1 : 0).ToList();
        text.Contains(string.Concat(shown.Take(shown.Count - (shown is [.., "…"] ? 1 : 0))), StringComparison.Ordinal).Should().BeTrue();
    }, iter: 3000);

    [Theory]
    [InlineData("order", true)]
    [InlineData("ord", true)]
    [InlineData("or", false)]
    [InlineData("rder", false)]
    [InlineData("ORDER", true)]
    [InlineData("café order", true)]
    [InlineData("order cafe", true)]
    [InlineData("ord cafe", false)]
    [InlineData("\"green tea\"", true)]
    [InlineData("\"tea green\"", false)]
    [InlineData("“green tea” caf", true)]
    [InlineData("\"order", true)]
    [InlineData("naïve", false)]
    [InlineData("नमस्ते", true)]
    [InlineData("नमस", true)]
    [InlineData("AB-1234", true)]
    [InlineData("delivered", true)]
    [InlineData("deliverer", false)]
    public void What_fits_is_the_same_here_and_in_the_index(string typed, bool fits)
    {
        const string text = "Order of Green Tea, café, नमस्ते: AB-1234 was delivered";
        using var add = _index.CreateCommand();
        add.CommandText = "INSERT INTO f(rowid, text, scope) VALUES (2, $text, 'x')";
        add.Parameters.AddWithValue("$text", text);
        add.ExecuteNonQuery();
        var terms = SearchTerms.Of(typed);

        terms.Fit(text).Should().Be(fits);
        (Ask($"{{text}} : ({terms.ForSqlite()})").Contains(2) && (!terms.NeedsProof || terms.Fit(text))).Should().Be(fits);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("😀 👍")]
    [InlineData("\"!?\" ...")]
    [InlineData("\u0301")]
    [InlineData("\u2764\uFE0F")]
    public void Without_a_letter_or_digit_there_is_nothing_to_look_for(string typed) => SearchTerms.Of(typed).IsEmpty.Should().BeTrue();

    [Fact]
    public void Very_much_is_cut_to_what_makes_sense()
    {
        SearchTerms.Of(string.Join(' ', Enumerable.Range(0, 10_000))).All.Should().HaveCount(8);
        SearchTerms.Of(new string('a', 100_000)).All.Single().Words.Single().Should().HaveLength(SearchTokens.WordLength);
    }

    [Fact]
    public void A_snippet_shows_what_was_found_however_far_back_it_stands()
    {
        var text = string.Join(' ', Enumerable.Repeat("words", 200)) + " saffron " + string.Join(' ', Enumerable.Repeat("more", 200));
        var parts = Snippet.Of(text, SearchTerms.Of("saff"));

        parts.Single(p => p.IsMarked).Text.Should().Be("saffron");
        parts[0].Text.Should().Be("…");
        parts[^1].Text.Should().Be("…");
        string.Concat(parts.Select(p => p.Text)).Length.Should().BeLessThan(300);
    }

    [Fact]
    public void Every_place_is_marked_with_accents_and_capitals_as_they_stand() =>
        Snippet.Of("Café, CAFE and cafeteria", SearchTerms.Of("cafe")).Where(p => p.IsMarked).Select(p => p.Text).Should().Equal("Café", "CAFE", "cafeteria");

    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private List<long> Ask(string match)
    {
        using var ask = _index.CreateCommand();
        ask.CommandText = "SELECT rowid FROM f WHERE f MATCH $match ORDER BY rowid DESC";
        ask.Parameters.AddWithValue("$match", match);
        using var reader = ask.ExecuteReader();
        var found = new List<long>();
        while (reader.Read())
        {
            found.Add(reader.GetInt64(0));
        }

        return found;
    }

    private void Run(string sql)
    {
        using var command = _index.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
