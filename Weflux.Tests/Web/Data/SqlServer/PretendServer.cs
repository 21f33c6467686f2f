using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Mail;

namespace Weflux.Tests.Web.Data.SqlServer;

/// <summary>A SQL Server that is not there, and what every caller needs besides.</summary>
internal sealed class PretendServer
{
    private static readonly Lazy<IReadOnlySet<string>> Nullable = new(() => Context("Server=nowhere").Model.GetEntityTypes()
        .SelectMany(t => t.GetFlattenedProperties().Where(p => p.IsNullable)
            .Select(p => p.GetColumnName(StoreObjectIdentifier.Table(t.GetTableName()!))!))
        .ToHashSet(StringComparer.Ordinal));

    public PretendServer()
    {
        Rows = new MadeUpRows(Nullable.Value)
            .With("Content", """{"kind":"text","body":"Hello"}""")
            .With("Direction", (int)MessageDirection.Out)
            .With("Role", (int)Role.Admin)
            .With("MessageId", 1L)
            .With("ParkedItems", "[]")
            .With("ReplayItems", "[]")
            .With("Scopes", "[]")
            .With("ExtraStopWords", "[]")
            .With("ExtraStartWords", "[]")
            .With("Preferences", """{"sound":true}""")
            .With("Scope", "WabaId")
            .With("Lines", "[]")
            .With("Facts", "{}")
            .With("Model", """{"name":"order_sent","language":"en","category":2,"status":"APPROVED","body":"Hello","buttons":[],"hasNamedParameters":false}""")
            .With("AccessToken", Stand.Protector.ProtectText("token", Weflux.Web.Connections.Connection.TokenContext("PhoneNumberId")));
        Connection = new RecordingConnection(Rows);
        Database = new WefluxDatabase(Options(o => o.UseSqlServer(Connection)));
    }

    public static WorkspaceId Workspace { get; } = new(1);

    public MadeUpRows Rows { get; }

    public RecordingConnection Connection { get; }

    public WefluxDatabase Database { get; }

    public FakeTimeProvider Time { get; } = new(Stand.Noon);

    public static SealKeys Seals => new(Stand.Protector);

    public AuditLog Audit => new(Seals, Time);

    public MailQueue Mails => new(Stand.Protector, Time, Microsoft.Extensions.Options.Options.Create(new MailOptions()));

    public LaneSignals Lanes { get; } = new();

    public LaneLease Lease { get; } = new(1, Workspace, "here", 1);

    public Actor Admin { get; } = Stand.Actor(Workspace, new UserId(1), Role.Admin);

    public Actor Agent { get; } = Stand.Actor(Workspace, new UserId(1), Role.Agent) with { Teams = TeamSet.Of([1, 2]) };

    public static SqlServerWefluxDbContext Context(string connectionString) =>
        new(Options(o => o.UseSqlServer(connectionString)), WorkspaceScope.System);

    private static DbContextOptions<SqlServerWefluxDbContext> Options(Action<DbContextOptionsBuilder<SqlServerWefluxDbContext>> use)
    {
        var builder = new DbContextOptionsBuilder<SqlServerWefluxDbContext>().UseIdentitySchema();
        use(builder);
        return builder.Options;
    }
}
