using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Weflux.Simulator.State;

namespace Weflux.Simulator.Graph.Media;

/// <summary>Keeps media: facts in the state log, bytes in a folder beside it, or all in memory without a state file.</summary>
internal sealed class MediaShelf
{
    private const string Kind = "media";
    private readonly ConcurrentDictionary<string, MediaItem> _items = [];
    private readonly ConcurrentDictionary<string, byte[]> _bytes = [];
    private readonly StateLog _log;
    private readonly TimeProvider _time;
    private readonly string? _folder;

    public MediaShelf(SimulatorOptions options, StateLog log, TimeProvider time)
    {
        (_log, _time) = (log, time);
        _folder = options.StateFile is { } path ? path + ".media" : null;
        foreach (var item in log.Load<MediaItem>(Kind))
        {
            _items[item.Id] = item;
        }
    }

    public MediaItem? Find(string id) => _items.GetValueOrDefault(id);

    public MediaItem Keep(string phoneNumberId, string mimeType, byte[] bytes)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{RandomNumberGenerator.GetInt32(10_000_000, int.MaxValue)}{RandomNumberGenerator.GetInt32(100_000, 1_000_000)}");
        var item = new MediaItem(id, phoneNumberId, mimeType, Convert.ToBase64String(SHA256.HashData(bytes)), bytes.LongLength, _time.GetUtcNow());
        if (_folder is null)
        {
            _bytes[id] = bytes;
        }
        else
        {
            Directory.CreateDirectory(_folder);
            File.WriteAllBytes(Path.Combine(_folder, id), bytes);
        }

        _items[id] = item;
        _log.Put(Kind, id, item);
        return item;
    }

    public byte[]? Bytes(string id)
    {
        if (!_items.ContainsKey(id))
        {
            return null;
        }

        if (_folder is null)
        {
            return _bytes.GetValueOrDefault(id);
        }

        var path = Path.Combine(_folder, id);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    public void Remove(string id)
    {
        if (_items.TryRemove(id, out _))
        {
            _bytes.TryRemove(id, out _);
            _log.Remove(Kind, id);
            if (_folder is not null)
            {
                File.Delete(Path.Combine(_folder, id));
            }
        }
    }

    /// <summary>What a webhook says of a file that a customer sends.</summary>
    public JsonObject Announce(string phoneNumberId, SampleFile file)
    {
        var item = Keep(phoneNumberId, file.MimeType, file.Bytes);
        var media = new JsonObject { ["id"] = item.Id, ["mime_type"] = item.MimeType, ["sha256"] = item.Sha256 };
        if (file.Name is not null && file.Type == "document")
        {
            media["filename"] = file.Name;
        }

        return media;
    }
}
