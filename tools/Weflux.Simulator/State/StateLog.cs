using System.Text.Json;

namespace Weflux.Simulator.State;

/// <summary>
/// What must outlive a restart, as one appended line per change: a killed process loses at most a torn last line.
/// Read back, and shortened to what still counts, when the simulator starts.
/// </summary>
internal sealed class StateLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<StateLine>> _stored = [];
    private readonly StreamWriter? _writer;

    public StateLog(SimulatorOptions options)
    {
        if (options.StateFile is not { } path)
        {
            return;
        }

        var lines = StateFile.Read(path);
        foreach (var line in lines)
        {
            Stored(line.Kind).Add(line);
        }

        StateFile.Replace(path, lines);
        _writer = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read)) { NewLine = "\n" };
    }

    /// <summary>Values of one kind as they were when the simulator started, oldest first.</summary>
    public IEnumerable<T> Load<T>(string kind) =>
        Stored(kind).Select(line => line.Value!.Value.Deserialize<T>(SimulatorJson.Options)!);

    public void Put<T>(string kind, string key, T value) =>
        Append(new StateLine(kind, key, JsonSerializer.SerializeToElement(value, SimulatorJson.Options)));

    public void Remove(string kind, string key) => Append(new StateLine(kind, key, Value: null));

    public void Dispose()
    {
        lock (_gate)
        {
            _writer?.Dispose();
        }
    }

    private List<StateLine> Stored(string kind)
    {
        if (!_stored.TryGetValue(kind, out var lines))
        {
            _stored[kind] = lines = [];
        }

        return lines;
    }

    private void Append(StateLine line)
    {
        if (_writer is null)
        {
            return;
        }

        var text = SimulatorJson.Write(line);
        lock (_gate)
        {
            _writer.WriteLine(text);
            _writer.Flush();
        }
    }
}
