using System.Security.Cryptography;
using System.Text.Json;
using Weflux.Web.Data;

namespace Weflux.Web.Security;

/// <summary>The keys that encrypt secrets and journal bodies. Section <c>Weflux:Keys</c>.</summary>
public sealed class KeyRingOptions
{
    public const string Section = "Weflux:Keys";

    /// <summary>The id of the key that encrypts; the others only decrypt.</summary>
    public string? Current { get; set; }

    /// <summary>Key id → 32 random bytes in base64.</summary>
    public Dictionary<string, string> Ring { get; set; } = new(StringComparer.Ordinal);
}

/// <summary>AES-256 keys by id.</summary>
public sealed class KeyRing
{
    private const int KeyLength = 32;
    private readonly Dictionary<string, byte[]> _keys;

    private KeyRing(string current, Dictionary<string, byte[]> keys)
    {
        CurrentId = current;
        _keys = keys;
    }

    public string CurrentId { get; }

    public byte[] Find(string id) => _keys.TryGetValue(id, out var key)
        ? key
        : throw new CryptographicException($"The key '{id}' is not in the key ring. Add it to {KeyRingOptions.Section}:Ring.");

    /// <summary>Reads the keys from configuration. Without any, a demo or a development machine gets a ring of its own in the data directory.</summary>
    public static KeyRing Load(KeyRingOptions options, DataDirectory directory, bool mayGenerate)
    {
        if (options.Ring.Count == 0)
        {
            if (!mayGenerate)
            {
                throw new StartupRefusedException(
                    $"Production needs its own encryption keys: set {KeyRingOptions.Section}:Current to a key id and " +
                    $"{KeyRingOptions.Section}:Ring:<key id> to 32 random bytes in base64 (openssl rand -base64 32).");
            }

            options = LoadOrGenerate(directory.File("keys.json"));
        }

        var keys = options.Ring.ToDictionary(pair => pair.Key, pair => Decode(pair.Key, pair.Value), StringComparer.Ordinal);
        return options.Current is { } current && keys.ContainsKey(current)
            ? new KeyRing(current, keys)
            : throw new StartupRefusedException($"{KeyRingOptions.Section}:Current must name one of the keys in {KeyRingOptions.Section}:Ring.");
    }

    private static KeyRingOptions LoadOrGenerate(string path)
    {
        if (!File.Exists(path))
        {
            var generated = new KeyRingOptions
            {
                Current = "local",
                Ring = { ["local"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength)) },
            };
            var temporary = $"{path}.{Guid.NewGuid():N}";
            Write(temporary, JsonSerializer.Serialize(generated));
            try
            {
                File.Move(temporary, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(temporary);
            }
        }

        return JsonSerializer.Deserialize<KeyRingOptions>(File.ReadAllText(path))!;
    }

    /// <summary>Writes a file that was never anybody else's to read, not even while it is written.</summary>
    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }

    private static byte[] Decode(string id, string base64)
    {
        var buffer = new byte[KeyLength];
        if (id.Length is 0 or > 32 || !id.All(char.IsAsciiLetterOrDigit))
        {
            throw new StartupRefusedException($"The key id '{id}' must be 1 to 32 letters and digits.");
        }

        return Convert.TryFromBase64String(base64, buffer, out var written) && written == KeyLength
            ? buffer
            : throw new StartupRefusedException($"The key '{id}' in {KeyRingOptions.Section}:Ring must be 32 bytes in base64.");
    }
}
