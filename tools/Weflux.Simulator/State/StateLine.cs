using System.Text.Json;

namespace Weflux.Simulator.State;

/// <summary>One change: the newest value of a key, or its removal when there is none.</summary>
internal sealed record StateLine(string Kind, string Key, JsonElement? Value);
