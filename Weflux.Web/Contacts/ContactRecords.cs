using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;

namespace Weflux.Web.Contacts;

/// <summary>What a member wrote about a contact, for colleagues only.</summary>
public sealed class ContactNote
{
    public const int TextLength = 4000;

    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required long ContactId { get; set; }

    public required UserId AuthorId { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>One line of a contact's history: who changed what, from what to what. It is only ever added to.</summary>
public sealed class ContactChange
{
    public const int WhatLength = 80;
    public const int ValueLength = 600;

    private ContactChange() => What = ActorName = "";

    internal ContactChange(Actor actor, long contactId, string what, string? before, string? after, DateTimeOffset at)
    {
        WorkspaceId = actor.Workspace;
        ContactId = contactId;
        ActorId = actor.Key is null ? actor.User : null;
        ActorName = Domain.PlainText.Cut(actor.Name, 200);
        What = Domain.PlainText.Cut(what, WhatLength);
        Before = before is null ? null : Domain.PlainText.Cut(before, ValueLength);
        After = after is null ? null : Domain.PlainText.Cut(after, ValueLength);
        At = at;
    }

    public long Id { get; private set; }

    public WorkspaceId WorkspaceId { get; private set; }

    public long ContactId { get; private set; }

    /// <summary>Who did it; null for a program.</summary>
    public UserId? ActorId { get; private set; }

    /// <summary>What whoever did it was called then.</summary>
    public string ActorName { get; private set; }

    /// <summary>What was changed, in words.</summary>
    public string What { get; private set; }

    public string? Before { get; private set; }

    public string? After { get; private set; }

    public DateTimeOffset At { get; private set; }
}

internal sealed class ContactNoteMapping : IEntityTypeConfiguration<ContactNote>
{
    public void Configure(EntityTypeBuilder<ContactNote> builder)
    {
        builder.ToTable("ContactNotes");
        builder.Property(n => n.Text).HasMaxLength(ContactNote.TextLength);
        builder.HasIndex(n => new { n.WorkspaceId, n.ContactId, n.Id });
        builder.HasOne<Contact>().WithMany().HasForeignKey(n => n.ContactId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ContactChangeMapping : IEntityTypeConfiguration<ContactChange>
{
    public void Configure(EntityTypeBuilder<ContactChange> builder)
    {
        builder.ToTable("ContactChanges");
        builder.Property(c => c.ActorName).HasMaxLength(200);
        builder.Property(c => c.What).HasMaxLength(ContactChange.WhatLength);
        builder.Property(c => c.Before).HasMaxLength(ContactChange.ValueLength);
        builder.Property(c => c.After).HasMaxLength(ContactChange.ValueLength);
        builder.HasIndex(c => new { c.WorkspaceId, c.ContactId, c.Id });
        builder.HasOne<Contact>().WithMany().HasForeignKey(c => c.ContactId).OnDelete(DeleteBehavior.Cascade);
    }
}
