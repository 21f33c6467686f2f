using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Weflux.Tests.Architecture;

namespace Weflux.Tests.Web.Webhooks;

/// <summary>
/// Webhook bodies, one file each: sound ones of every kind and field, poison between two sound neighbours, and bodies
/// that cannot be read at all. The names of the neighbours' messages are the file's name, then "before" and "after".
/// </summary>
internal static class Corpus
{
    private static readonly string Folder = Path.Combine(Repository.Root, "Weflux.Tests", "Web", "Webhooks", "Corpus");

    private static readonly Func<JsonNode?>[] WrongValues =
    [
        () => null,
        () => 7,
        () => "words",
        () => new JsonArray(),
        () => new JsonObject(),
        () => true,
        () => "",
        () => -1,
        () => new JsonArray(new JsonArray(), null, 1),
        () => new string('9', 400),
        () => "\0\u202e\u001b",
    ];

    public static IReadOnlyList<CorpusFile> Sound { get; } = Read(nameof(Sound));

    public static IReadOnlyList<CorpusFile> Poison { get; } = Read(nameof(Poison));

    public static IReadOnlyList<CorpusFile> Unreadable { get; } = Read(nameof(Unreadable));

    /// <summary>Every entry of a sound body with one member replaced by a value of another type.</summary>
    public static IReadOnlyList<MutantEntry> Mutants { get; } =
    [
        .. from file in Sound
           from place in Places(file.Entry(), "")
           from value in Enumerable.Range(0, WrongValues.Length)
           select new MutantEntry(file, place, value),
    ];

    public static Gen<MutantEntry> AnyMutant { get; } = Gen.Int[0, Mutants.Count - 1].Select(i => Mutants[i]);

    internal static JsonNode? WrongValue(int nth) => WrongValues[nth]();

    private static IReadOnlyList<CorpusFile> Read(string kind) =>
        [.. Directory.GetFiles(Path.Combine(Folder, kind)).Order(StringComparer.Ordinal)
            .Select(path => new CorpusFile(Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path)))];

    private static IEnumerable<string> Places(JsonNode? node, string from) => node switch
    {
        JsonObject members => members.SelectMany(m => Places(m.Value, $"{from}/{m.Key}").Prepend($"{from}/{m.Key}")),
        JsonArray items => items.SelectMany((item, nth) => Places(item, $"{from}/{nth}").Prepend($"{from}/{nth}")),
        _ => [],
    };
}

/// <summary>One body.</summary>
internal sealed record CorpusFile(string Name, byte[] Body)
{
    public JsonNode Entry() => JsonNode.Parse(Body)!["entry"]![0]!.DeepClone();

    public override string ToString() => Name;
}

/// <summary>An entry with one wrong value, described so that a failure tells what it was.</summary>
internal sealed record MutantEntry(CorpusFile File, string Place, int Value)
{
    /// <summary>Whether the value is simply of another type: null, number, string, array, object or true.</summary>
    public bool IsPlain => Value < 6;

    /// <param name="series">Makes the ids of the messages new, so that they are not known already.</param>
    public JsonNode Build(string series)
    {
        var entry = JsonNode.Parse(File.Entry().ToJsonString().Replace("wamid.", $"wamid.{series}.", StringComparison.Ordinal))!;
        var steps = Place.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var parent = steps[..^1].Aggregate(entry, (node, step) => node is JsonArray list ? list[Nth(step)]! : node[step]!);
        if (parent is JsonArray items)
        {
            items[Nth(steps[^1])] = Corpus.WrongValue(Value);
        }
        else
        {
            parent[steps[^1]] = Corpus.WrongValue(Value);
        }

        return entry;
    }

    private static int Nth(string step) => int.Parse(step, CultureInfo.InvariantCulture);

    public override string ToString() => $"{File.Name}{Place} = {Corpus.WrongValue(Value)?.ToJsonString() ?? "null"}";
}
