using Weflux.Domain.Team;

namespace Weflux.Web.Demo;

/// <summary>The fixed values of the demo, which people, tests and scripts rely on.</summary>
public static class DemoWorkspaces
{
    public const string Password = "Weflux-demo-1";

    public static IReadOnlyList<DemoWorkspace> All { get; } =
    [
        new(
            "demo",
            "Chai & Co.",
            [
                new("admin@demo.test", "Priya Nair", Role.Admin),
                new("manager@demo.test", "Daniel Okafor", Role.Manager),
                new("agent@demo.test", "Meera Shah", Role.Agent),
                new("agent2@demo.test", "Lucas Ferreira", Role.Agent),
            ],
            new("demo", "300000000000001", "100000000000001", "200000000000001", "+91 98765 43210", "demo-app-secret", "demo-verify-token", "demo-access-token"),
            "wfx_demo_0000000000000000000000000001"),
        new(
            "demo-two",
            "Juniper Books",
            [
                new("admin@demo-two.test", "Hannah Weiss", Role.Admin),
                new("manager@demo-two.test", "Tom Adeyemi", Role.Manager),
                new("agent@demo-two.test", "Sofia Marin", Role.Agent),
            ],
            new("demo-two", "300000000000002", "100000000000002", "200000000000002", "+44 7700 900123", "demo-two-app-secret", "demo-two-verify-token", "demo-two-access-token"),
            "wfx_demo_0000000000000000000000000002"),
    ];

    public static DemoPerson? FindPerson(string email) =>
        All.SelectMany(w => w.People).FirstOrDefault(p => string.Equals(p.Email, email, StringComparison.OrdinalIgnoreCase));
}

public sealed record DemoWorkspace(string Slug, string Name, IReadOnlyList<DemoPerson> People, DemoNumber Number, string ApiKey);

public sealed record DemoPerson(string Email, string Name, Role Role);

public sealed record DemoNumber(
    string AppKey,
    string AppId,
    string WabaId,
    string PhoneNumberId,
    string DisplayPhoneNumber,
    string AppSecret,
    string VerifyToken,
    string AccessToken);
