using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Work.TakingPart;

namespace Weflux.Web.Inbox.Views;

/// <summary>A part of what a reader may see that an index leads to: what one person holds, what nobody holds, all, or where the reader takes part.</summary>
internal abstract record HolderRange
{
    public static HolderRange Anybody { get; } = new All();

    public static HolderRange Of(UserId? holder) => new Held(holder);

    /// <summary>Where the reader takes part, without what other ranges have already.</summary>
    /// <param name="member">The reader.</param>
    /// <param name="others">The other ranges of the reader.</param>
    public static HolderRange Joined(UserId member, IReadOnlyList<HolderRange> others) => new Part(member, others, null);

    /// <summary>Whether a conversation lies in it.</summary>
    public abstract bool Has(UserId? assignee, Participants participants);

    /// <summary>What of it somebody holds, or nobody; null if nothing can be.</summary>
    public abstract HolderRange? HeldBy(UserId? holder);

    /// <summary>Of it those of some conversations that were found elsewhere.</summary>
    public abstract IQueryable<Conversation> Among(WefluxDbContext db, IQueryable<Conversation> conversations);

    /// <summary>It by itself.</summary>
    public virtual IQueryable<Conversation> Whole(WefluxDbContext db) => Among(db, db.Set<Conversation>());

    private sealed record All : HolderRange
    {
        public override bool Has(UserId? assignee, Participants participants) => true;

        public override HolderRange HeldBy(UserId? holder) => Of(holder);

        public override IQueryable<Conversation> Among(WefluxDbContext db, IQueryable<Conversation> conversations) => conversations;
    }

    private sealed record Held(UserId? Holder) : HolderRange
    {
        public override bool Has(UserId? assignee, Participants participants) => assignee == Holder;

        public override HolderRange? HeldBy(UserId? holder) => holder == Holder ? this : null;

        public override IQueryable<Conversation> Among(WefluxDbContext db, IQueryable<Conversation> conversations) =>
            Holder is { } holder ? conversations.Where(c => c.AssigneeId == holder) : conversations.Where(c => c.AssigneeId == null);
    }

    private sealed record Part(UserId Member, IReadOnlyList<HolderRange> Others, Held? Only) : HolderRange
    {
        public override bool Has(UserId? assignee, Participants participants) =>
            participants.Has(Member) && !Others.Any(o => o.Has(assignee, participants)) && Only?.Has(assignee, participants) != false;

        public override HolderRange? HeldBy(UserId? holder) =>
            Others.Any(o => o.HeldBy(holder) is not null) ? null : this with { Only = new Held(holder) };

        public override IQueryable<Conversation> Among(WefluxDbContext db, IQueryable<Conversation> conversations)
        {
            var member = Member;
            return Narrow(db, conversations.Where(c => db.Set<Participation>().Any(p => p.UserId == member && p.ConversationId == c.Id)));
        }

        /// <summary>The participations lead: there are few of them.</summary>
        public override IQueryable<Conversation> Whole(WefluxDbContext db) => Narrow(db, db.Joined(Member));

        private IQueryable<Conversation> Narrow(WefluxDbContext db, IQueryable<Conversation> joined)
        {
            foreach (var holder in Others.OfType<Held>().Select(o => o.Holder))
            {
                joined = holder is { } other ? joined.Where(c => c.AssigneeId == null || c.AssigneeId != other) : joined.Where(c => c.AssigneeId != null);
            }

            return Only is { } only ? only.Among(db, joined) : joined;
        }
    }
}
