using System.Reflection;
using System.Runtime.CompilerServices;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Tests.Architecture;

public sealed class NamingTests
{
    private static readonly string[] Empty = ["Manager", "Helper", "Helpers", "Util", "Utils", "Service", "Dto", "Impl", "Base"];

    public static TheoryData<Assembly> Assemblies =>
        [typeof(WorkspaceId).Assembly, typeof(WefluxDatabase).Assembly, typeof(Weflux.Simulator.SimulatorOptions).Assembly];

    [Theory]
    [MemberData(nameof(Assemblies), DisableDiscoveryEnumeration = true)]
    public void No_type_has_a_name_that_says_nothing(Assembly assembly) => assembly.GetTypes()
        .Where(t => t.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !t.Name.Contains('<', StringComparison.Ordinal))
        .Where(t => SaysNothing(t.Name)).Select(t => t.FullName).Should().BeEmpty();

    [Theory]
    [InlineData("MessageManager", true)]
    [InlineData("WebhookServices", false)]
    [InlineData("IContactService`1", true)]
    [InlineData("Database", false)]
    [InlineData("RowBase", true)]
    [InlineData("Codebase", false)]
    public void The_last_word_of_a_name_counts(string name, bool saysNothing) => SaysNothing(name).Should().Be(saysNothing);

    private static bool SaysNothing(string name) =>
        Empty.Any(word => name.Split('`')[0].EndsWith(word, StringComparison.Ordinal));
}
