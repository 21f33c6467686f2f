using Weflux.Tests.Architecture.Specimens.Shelf;

// What the checker of arrows must see: one folder that reaches into another in every way there is.
namespace Weflux.Tests.Architecture.Specimens.Shelf
{
    public class Tool
    {
        public static void Use()
        {
        }
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class MarkAttribute(Type? type = null) : Attribute
    {
        public Type? Type => type;
    }
}

namespace Weflux.Tests.Architecture.Specimens.Feature
{
    public sealed class Derives : Tool;

    public sealed class Holds
    {
        public Tool? Held { get; set; }
    }

    public sealed class Lists
    {
        public IReadOnlyList<Tool?[]> Tools { get; } = [];
    }

    public static class Calls
    {
        public static void Run() => Tool.Use();
    }

    public static class CallsLater
    {
        public static async Task RunAsync()
        {
            await Task.Yield();
            Func<int, object> make = _ => new Tool();
            make(1);
        }
    }

    [Mark]
    public sealed class IsMarked;

    public static class Names
    {
        public static string Name => typeof(Tool).Name;
    }

    public sealed class Innocent;
}
