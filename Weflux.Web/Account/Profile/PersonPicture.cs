using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Account.Profile;

/// <summary>The picture of a person, without anything that the camera wrote into it.</summary>
public sealed class PersonPicture
{
    public UserId UserId { get; init; }

    public required byte[] Bytes { get; set; }

    public required string ContentType { get; set; }
}

internal sealed class PersonPictureMapping : IEntityTypeConfiguration<PersonPicture>
{
    public void Configure(EntityTypeBuilder<PersonPicture> builder)
    {
        builder.ToTable("PersonPictures");
        builder.HasKey(p => p.UserId);
        builder.Property(p => p.UserId).ValueGeneratedNever();
        builder.Property(p => p.ContentType).HasMaxLength(40);
    }
}

/// <summary>Stores, gives and removes pictures of people.</summary>
public sealed class PersonPictures(WefluxDatabase database)
{
    /// <returns>What is wrong; null if the picture was stored.</returns>
    public async Task<string?> SaveAsync(UserId person, byte[] file, CancellationToken cancellationToken)
    {
        if (PictureFile.Read(file) is not { } picture)
        {
            return file.Length > PictureFile.Largest
                ? PictureFile.TooLarge
                : "This file is no picture that can be used. Choose a PNG, JPEG or WebP file.";
        }

        await database.WriteForSystemAsync(
            async db =>
            {
                var known = await db.Set<PersonPicture>().SingleOrDefaultAsync(p => p.UserId == person, cancellationToken);
                if (known is null)
                {
                    db.Add(new PersonPicture { UserId = person, Bytes = picture.Bytes, ContentType = picture.ContentType });
                }
                else
                {
                    (known.Bytes, known.ContentType) = (picture.Bytes, picture.ContentType);
                }

                await db.SaveChangesAsync(cancellationToken);
                await SetKeyAsync(db, person, Guid.NewGuid(), cancellationToken);
            },
            cancellationToken);
        return null;
    }

    public Task RemoveAsync(UserId person, CancellationToken cancellationToken) => database.WriteForSystemAsync(
        async db =>
        {
            await db.Set<PersonPicture>().Where(p => p.UserId == person).ExecuteDeleteAsync(cancellationToken);
            await SetKeyAsync(db, person, null, cancellationToken);
        },
        cancellationToken);

    /// <summary>The picture, if the viewer is the person or works in a workspace with the person; null otherwise.</summary>
    public async Task<PersonPicture?> FindAsync(UserId viewer, UserId person, CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        var mayLook = viewer == person || await db.Set<Membership>().AcrossWorkspaces().AnyAsync(
            m => m.UserId == viewer && m.IsActive && db.Set<Membership>().AcrossWorkspaces().Any(
                other => other.WorkspaceId == m.WorkspaceId && other.UserId == person),
            cancellationToken);
        return mayLook ? await db.Set<PersonPicture>().AsNoTracking().SingleOrDefaultAsync(p => p.UserId == person, cancellationToken) : null;
    }

    private static Task SetKeyAsync(WefluxDbContext db, UserId person, Guid? key, CancellationToken cancellationToken) =>
        db.Set<WefluxUser>().Where(u => u.Id == person.Value).ExecuteUpdateAsync(set => set.SetProperty(u => u.PictureKey, key), cancellationToken);
}
