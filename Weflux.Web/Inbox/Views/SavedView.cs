using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox.Views;

/// <summary>For whom a saved view is. The numbers are stored.</summary>
public enum ViewAudience
{
    /// <summary>Whoever made it.</summary>
    Me = 1,

    Everybody = 2,

    Agents = 3,

    Managers = 4,

    Admins = 5,
}

/// <summary>A view that somebody gave a name. It says what is wanted, never what may be seen: each reader sees of it what the reader may.</summary>
public sealed class SavedView
{
    public const int MaxName = 60;

    /// <summary>So many one person can have, and so many a workspace can share.</summary>
    public const int Most = 50;

    private const int ViewLength = 1000;

    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required UserId OwnerId { get; init; }

    public required string Name { get; set; }

    public required ViewAudience Audience { get; set; }

    /// <summary>Where it stands among those of its owner, or among the shared ones.</summary>
    public required int Position { get; set; }

    public required InboxView View { get; set; }

    public bool IsShared => Audience != ViewAudience.Me;

    internal sealed class Mapping : IEntityTypeConfiguration<SavedView>
    {
        public void Configure(EntityTypeBuilder<SavedView> builder)
        {
            builder.ToTable("SavedViews");
            builder.Property(v => v.Name).HasMaxLength(MaxName);
            builder.Property(v => v.View).IsJson().HasMaxLength(ViewLength);
            builder.Ignore(v => v.IsShared);
            builder.HasIndex(v => new { v.WorkspaceId, v.OwnerId });
            builder.HasIndex(v => new { v.WorkspaceId, v.Audience });
        }
    }
}

/// <summary>A saved view as one reader gets it.</summary>
/// <param name="Id">The key, which is its name in addresses.</param>
/// <param name="Name">What it is called.</param>
/// <param name="View">What it shows.</param>
/// <param name="Audience">For whom it is.</param>
/// <param name="IsOffered">Whether it stands in the reader's list; who looks after shared views sees those of others too.</param>
/// <param name="MayEdit">Whether the reader can rename, move and delete it.</param>
public sealed record SavedViewLine(long Id, string Name, InboxView View, ViewAudience Audience, bool IsOffered, bool MayEdit)
{
    public bool IsShared => Audience != ViewAudience.Me;
}

/// <summary>What became of a saved view.</summary>
public enum ViewOutcome
{
    Saved,

    /// <summary>There is none of that number, for this person.</summary>
    NotFound,

    NotAllowed,

    /// <summary>The name is empty, too long, or holds what no name holds; or the view is none.</summary>
    Invalid,

    /// <summary>Another one reads alike.</summary>
    Taken,

    /// <summary>There are as many as there can be.</summary>
    Full,
}

/// <param name="Outcome">What became of it.</param>
/// <param name="Id">The saved view, if it was saved.</param>
public readonly record struct ViewAnswer(ViewOutcome Outcome, long Id = 0);
