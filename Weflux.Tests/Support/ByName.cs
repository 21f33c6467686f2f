using Xunit.Sdk;
using Xunit.v3;

[assembly: Xunit.TestCaseOrderer(typeof(Weflux.Tests.Support.ByName))]

namespace Weflux.Tests.Support;

/// <summary>The tests of a class run by name. Without it their order hangs on the folder that they were built in, and so does what they find in a world that they share.</summary>
public sealed class ByName : ITestCaseOrderer
{
    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase => [.. testCases.OrderBy(t => t.TestCaseDisplayName, StringComparer.Ordinal)];
}
