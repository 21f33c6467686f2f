using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;

namespace Weflux.Web.Security;

/// <summary>Somebody's sessions, role or place in a workspace changed: every node looks at the person's open pages again.</summary>
public sealed class AccessChange
{
    public long Id { get; private set; }

    public required UserId UserId { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class AccessChangeMapping : IEntityTypeConfiguration<AccessChange>
{
    public void Configure(EntityTypeBuilder<AccessChange> builder)
    {
        builder.ToTable("AccessChanges");
        builder.HasIndex(c => c.At);
    }
}
