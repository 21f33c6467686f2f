using System.Text.Json;

namespace Weflux.Simulator.State;

internal static class StateFile
{
    /// <summary>The live lines, each key at the place where it first appeared.</summary>
    public static IReadOnlyList<StateLine> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var live = new OrderedDictionary<(string, string), StateLine>();
        foreach (var text in File.ReadLines(path))
        {
            if (Parse(text) is not { } line)
            {
                break;
            }

            if (line.Value is null)
            {
                live.Remove((line.Kind, line.Key));
            }
            else
            {
                live[(line.Kind, line.Key)] = line;
            }
        }

        return [.. live.Values];
    }

    public static void Replace(string path, IEnumerable<StateLine> lines)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var next = path + ".next";
        File.WriteAllLines(next, lines.Select(SimulatorJson.Write));
        File.Move(next, path, overwrite: true);
    }

    private static StateLine? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<StateLine>(text, SimulatorJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
