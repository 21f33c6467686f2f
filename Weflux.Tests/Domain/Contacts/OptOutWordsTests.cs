using CsCheck;
using Weflux.Domain.Contacts;
using Weflux.Tests.Support;

namespace Weflux.Tests.Domain.Contacts;

public sealed class OptOutWordsTests
{
    private static readonly string[] Decorations =
        [" ", "!", "...", "?!", "\n", "\t", "🛑", "🙏🏽", "❤️", "👨‍👩‍👧", "(", ")", "\"", "“", "”", "’", "*", "_", "~", "-", "—", "।", "،", "¡", "´", "`", "+", "\u200B", "\uFEFF", "\u00A0"];

    private static readonly Gen<string> Decoration = Gen.OneOf(Decorations).Array[0, 5].Select(string.Concat);

    public static TheoryData<string> StopWords => [.. OptOutWordLists.Stop];

    public static TheoryData<string> StartWords => [.. OptOutWordLists.Start];

    [Theory]
    [MemberData(nameof(StopWords))]
    public void Every_built_in_stop_word_asks_for_silence(string word) => ReadsInAnyCase(word, OptOutWord.Stop);

    [Theory]
    [MemberData(nameof(StartWords))]
    public void Every_built_in_start_word_lifts_it(string word) => ReadsInAnyCase(word, OptOutWord.Start);

    [Fact]
    public void No_word_asks_for_silence_and_lifts_it() =>
        OptOutWordLists.Stop.SelectMany(OptOutWords.Forms).Intersect(OptOutWordLists.Start.SelectMany(OptOutWords.Forms)).Should().BeEmpty();

    [Fact]
    public void Case_punctuation_space_and_emoji_around_a_word_do_not_matter() =>
        Gen.Select(Gen.OneOf([.. OptOutWordLists.Stop, .. OptOutWordLists.Start]), Decoration, Decoration, Gen.Int).Sample((word, before, after, seed) =>
        {
            var decorated = before + RandomCase(word, seed) + after;

            return OptOutWords.BuiltIn.Read(decorated) == OptOutWords.BuiltIn.Read(word);
        }, iter: Fuzz.Iterations(20_000));

    [Theory]
    [InlineData("S.T.O.P")]
    [InlineData("stop, please")]
    [InlineData("stop,please")]
    [InlineData("STOP  ALL")]
    [InlineData("stop-all")]
    [InlineData("stop🛑all")]
    [InlineData("don’t message me")]
    [InlineData("Don´t message me!")]
    [InlineData("*Stop* _all_")]
    [InlineData("~stop~")]
    [InlineData("ＳＴＯＰ")]
    [InlineData("𝐒𝐓𝐎𝐏")]
    [InlineData("stóp")]
    [InlineData("arret")]
    [InlineData("Nao quero receber.")]
    [InlineData("cancelar suscripcion")]
    [InlineData("ABONELİKTEN ÇIK")]
    [InlineData("abonelikten cik")]
    [InlineData("स्टॉप।")]
    public void Ways_to_write_a_stop_word_are_understood(string text) => OptOutWords.BuiltIn.Read(text).Should().Be(OptOutWord.Stop);

    [Theory]
    [InlineData('_')]
    [InlineData('-')]
    [InlineData('(')]
    [InlineData(')')]
    [InlineData('“')]
    [InlineData('”')]
    [InlineData('.')]
    [InlineData('^')]
    [InlineData('´')]
    public void Punctuation_stands_between_letters_or_between_words(char mark)
    {
        OptOutWords.BuiltIn.Read(string.Join(mark, "stop".AsEnumerable())).Should().Be(OptOutWord.Stop);
        OptOutWords.BuiltIn.Read($"please{mark}stop").Should().Be(OptOutWord.Stop);
    }

    [Theory]
    [InlineData("\uFE00")]
    [InlineData("\uFE0F")]
    [InlineData("\u20E3")]
    public void Marks_of_emoji_never_make_another_word(string mark) => OptOutWords.BuiltIn.Read("रोको" + mark).Should().Be(OptOutWord.Stop);

    [Theory]
    [InlineData("a", true)]
    [InlineData("\u024F", true)]
    [InlineData("\u1EFF", true)]
    [InlineData("и", false)]
    public void Accents_fall_from_latin_letters_only(string letter, bool isSame)
    {
        var words = OptOutWords.With([letter + "\u0306"], []);

        words.Read(letter).Should().Be(isSame ? OptOutWord.Stop : OptOutWord.None);
    }

    [Fact]
    public void Any_amount_of_emphasis_is_understood()
    {
        OptOutWords.BuiltIn.Read("STOP" + new string('!', 500)).Should().Be(OptOutWord.Stop);
        OptOutWords.BuiltIn.Read(string.Concat(Enumerable.Repeat("🛑", 500)) + "stop").Should().Be(OptOutWord.Stop);
    }

    [Theory]
    [InlineData("stop, o Zé não vem")]
    [InlineData("stop, the bus is here")]
    [InlineData("please do not stop")]
    [InlineData("stop stop")]
    [InlineData("nonstop")]
    [InlineData("st op")]
    [InlineData("de tener")]
    [InlineData("stop 2")]
    [InlineData("start stop")]
    [InlineData("cancel")]
    [InlineData("end")]
    [InlineData("quit")]
    [InlineData("no")]
    [InlineData("नहीं")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("   ")]
    [InlineData("!!!")]
    [InlineData("🛑")]
    public void Only_a_whole_message_that_is_a_word_counts(string? text) => OptOutWords.BuiltIn.Read(text).Should().Be(OptOutWord.None);

    [Theory]
    [InlineData("रोको", "रोका")]
    [InlineData("रुको", "रूको")]
    [InlineData("बंद करो", "बंद करी")]
    [InlineData("थांबा", "थांबी")]
    [InlineData("বন্ধ করো", "বন্ধ করি")]
    [InlineData("থামাও", "থমও")]
    [InlineData("ఆపు", "ఆప")]
    [InlineData("நிறுத்து", "நிறுத்த")]
    [InlineData("ನಿಲ್ಲಿಸು", "ನಿಲ್ಲಿಸ")]
    [InlineData("നിർത്തുക", "നിർത്തക")]
    [InlineData("રોકો", "રોકી")]
    [InlineData("ਰੋਕੋ", "ਰੋਕ")]
    public void Words_that_differ_by_a_vowel_sign_are_different_words(string stop, string other)
    {
        OptOutWords.BuiltIn.Read(stop).Should().Be(OptOutWord.Stop);
        OptOutWords.BuiltIn.Read(other).Should().Be(OptOutWord.None);
    }

    [Fact]
    public void Vowel_signs_and_viramas_survive_the_comparison_form() =>
        OptOutWordLists.Stop.Concat(OptOutWordLists.Start)
            .Where(w => w.Any(c => c is >= '\u0900' and <= '\u0DFF'))
            .Should().OnlyContain(w => OptOutWords.Forms(w).Any(f => Letters(f) == Letters(w)));

    [Fact]
    public void Workspace_can_add_words()
    {
        var words = OptOutWords.With(["Schluss jetzt!"], ["Weiter so"]);

        words.Read("schluss, jetzt").Should().Be(OptOutWord.Stop);
        words.Read("WEITER SO").Should().Be(OptOutWord.Start);
        OptOutWords.BuiltIn.Read("weiter so").Should().Be(OptOutWord.None);
    }

    [Fact]
    public void Added_words_never_turn_a_built_in_word_around_or_take_it_away()
    {
        var words = OptOutWords.With(OptOutWordLists.Start.Append("st-art"), OptOutWordLists.Stop.Append("st-op"));

        OptOutWordLists.Stop.Should().OnlyContain(w => words.Read(w) == OptOutWord.Stop);
        OptOutWordLists.Start.Should().OnlyContain(w => words.Read(w) == OptOutWord.Start);
    }

    [Fact]
    public void Added_word_that_means_both_means_silence() =>
        OptOutWords.With(["genug"], ["genug"]).Read("genug").Should().Be(OptOutWord.Stop);

    [Fact]
    public void Added_word_of_punctuation_only_is_no_word()
    {
        var words = OptOutWords.With(["!!!", "", " "], ["?"]);

        words.Read("!!!").Should().Be(OptOutWord.None);
        words.Read("?").Should().Be(OptOutWord.None);
        words.Read(" ").Should().Be(OptOutWord.None);
    }

    [Fact]
    public void Hostile_text_never_throws() =>
        Gen.Select(Gen.Char[char.MinValue, char.MaxValue].Array[0, 200], Gen.Int[0, 3]).Sample((chars, tail) =>
        {
            var read = () => OptOutWords.BuiltIn.Read(new string(chars) + new string('\uD800', tail));

            read.Should().NotThrow();
        }, iter: Fuzz.Iterations(20_000));

    [Fact]
    public void Word_has_at_most_100_letters_and_its_message_5000_characters()
    {
        var words = OptOutWords.With([new string('a', 100), new string('a', 101)], []);

        words.Read(new string('a', 100)).Should().Be(OptOutWord.Stop);
        words.Read(new string('a', 101)).Should().Be(OptOutWord.None);
        words.Read("stop".PadRight(5000, '!')).Should().Be(OptOutWord.Stop);
        words.Read("stop".PadRight(5001, '!')).Should().Be(OptOutWord.None);
    }

    [Fact]
    public void Noncharacters_around_a_word_do_not_matter()
    {
        OptOutWords.BuiltIn.Read("\uFFFEstop\uFFFF").Should().Be(OptOutWord.Stop);
        OptOutWords.BuiltIn.Read("please\uFFFFstop").Should().Be(OptOutWord.Stop);
        OptOutWords.BuiltIn.Read("stop " + char.ConvertFromUtf32(0x1FFFE)).Should().Be(OptOutWord.Stop);
        OptOutWords.BuiltIn.Read("\uFDD0\uFFFE").Should().Be(OptOutWord.None);
    }

    [Fact]
    public void Half_surrogates_around_a_word_do_not_matter()
    {
        OptOutWords.BuiltIn.Read("\uDC00stop\uD83D").Should().Be(OptOutWord.Stop);
        OptOutWords.BuiltIn.Read("\uD83D\uD83D").Should().Be(OptOutWord.None);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\u0301")]
    [InlineData("stop ")]
    [InlineData("\uFDFA")]
    [InlineData("🛑")]
    public void Huge_text_is_no_word_and_costs_little(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 1_000_000));

        OptOutWords.BuiltIn.Read(text).Should().Be(OptOutWord.None);
    }

    private static void ReadsInAnyCase(string word, OptOutWord meaning)
    {
        OptOutWords.BuiltIn.Read(word).Should().Be(meaning);
        OptOutWords.BuiltIn.Read(word.ToUpperInvariant()).Should().Be(meaning);
        OptOutWords.BuiltIn.Read(word.Normalize(System.Text.NormalizationForm.FormD)).Should().Be(meaning);
        OptOutWords.BuiltIn.Read(char.ToUpperInvariant(word[0]) + word[1..] + ".").Should().Be(meaning);
    }

    private static string RandomCase(string word, int seed)
    {
        var random = new Random(seed);
        return string.Concat(word.Select(c => random.Next(2) == 0 ? char.ToUpperInvariant(c) : c));
    }

    private static string Letters(string text) =>
        new([.. text.Normalize(System.Text.NormalizationForm.FormKD).Where(c => !char.IsWhiteSpace(c))]);
}
