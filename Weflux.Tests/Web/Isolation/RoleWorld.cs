using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Numbers.Doctor;
using Weflux.Web.Sending;
using Weflux.Web.Sending.Troubles;
using Weflux.Web.Team;
using Weflux.Web.Team.Deletion;
using Weflux.Web.Team.Settings;

namespace Weflux.Tests.Web.Isolation;

/// <summary>What a try of the matrix needs to be there.</summary>
internal static class RoleWorld
{
    private static int _spares;

    public static T Service<T>(this TwoWorkspaces world)
        where T : notnull => world.Host.Services.GetRequiredService<T>();

    /// <summary>The conversation is open and nobody holds it, nothing is being deleted and the number sends, whoever tried before.</summary>
    public static async Task ResetAsync(this TwoWorkspaces world)
    {
        await world.RenewTicketAsync();
        await world.Host.ReadAsync(db => db.Set<Conversation>().ExecuteUpdateAsync(set => set.SetProperty(c => c.AssigneeId, (UserId?)null)
            .SetProperty(c => c.AskedMemberId, (UserId?)null).SetProperty(c => c.AskedUntil, (DateTimeOffset?)null)
            .SetProperty(c => c.State, ConversationState.Open).SetProperty(c => c.SnoozedUntil, (DateTimeOffset?)null)));
        await world.Service<KeepWorkspace>().ExecuteAsync(world.Owner);
        await world.Service<ResumeNumber>().ExecuteAsync(world.Owner, world.Number);
        await world.BreakAsync(isBroken: false);
    }

    /// <summary>A message waits for somebody's decision.</summary>
    public static Task<int> TroubleAsync(WefluxDbContext db, Actor author, long messageId, Conversation conversation)
    {
        db.Add(new SendTrouble
        {
            MessageId = messageId,
            WorkspaceId = author.Workspace,
            ConversationId = conversation.Id,
            ConnectionId = conversation.ConnectionId,
            AuthorId = author.User,
            Code = OwnFaults.UnknownReason,
            Since = conversation.LastActivityAt,
        });
        return db.SaveChangesAsync();
    }

    /// <summary>A message of ours that failed and that nobody has sent again. It never went out, so that no status can come for it.</summary>
    public static async Task<long> FailAsync(this TwoWorkspaces world)
    {
        var id = 0L;
        await world.Service<WefluxDatabase>().WriteAsync(
            world.Owner.Workspace,
            async db =>
            {
                var conversation = await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == world.Conversation);
                var sequence = await db.TakeSequenceAsync(1, CancellationToken.None);
                var message = Message.ToCustomer(
                    conversation, new TextContent("canary-text-91 fails"), world.Owner.User, Guid.CreateVersion7(), sequence, world.Host.Clock.GetUtcNow());
                db.Add(message);
                await db.SaveChangesAsync();
                id = message.Id;
                await db.Set<Message>().Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, DeliveryStatus.Failed));
                await TroubleAsync(db, world.Owner, id, conversation);
            },
            CancellationToken.None);
        await world.ResetAsync();
        return id;
    }

    /// <summary>Has a message wait that the platform refused for the moment.</summary>
    public static Task QueueAsync(this TwoWorkspaces world, long messageId) => world.Host.ReadAsync(async db =>
    {
        db.Add(new OutboundMessage
        {
            MessageId = messageId,
            WorkspaceId = world.Owner.Workspace,
            ConnectionId = world.Number,
            ConversationId = world.Conversation,
            State = OutboundState.Waiting,
            NextAt = world.Host.Clock.GetUtcNow().AddYears(1),
            Refusals = 1,
        });
        return await db.SaveChangesAsync();
    });

    public static Task UnqueueAsync(this TwoWorkspaces world, long messageId) =>
        world.Host.ReadAsync(db => db.Set<OutboundMessage>().Where(o => o.MessageId == messageId).ExecuteDeleteAsync());

    /// <summary>An Agent whom nobody misses.</summary>
    public static async Task<UserId> SpareAsync(this TwoWorkspaces world, bool isActive = true)
    {
        var email = $"spare-{Interlocked.Increment(ref _spares)}@example.com";
        var id = 0L;
        await world.Service<WefluxDatabase>().WriteForSystemAsync(
            async db =>
            {
                var user = new WefluxUser { UserName = email, NormalizedUserName = email.ToUpperInvariant(), Email = email, Name = "Spare", SecurityStamp = "s" };
                db.Add(user);
                await db.SaveChangesAsync();
                id = user.Id;
                db.Add(new Membership { WorkspaceId = world.Owner.Workspace, UserId = new UserId(id), Role = Role.Agent, IsActive = isActive });
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
        return new UserId(id);
    }

    /// <summary>The number of the workspace is refused by the platform, or is not any more.</summary>
    public static Task BreakAsync(this TwoWorkspaces world, bool isBroken) => world.Host.ReadAsync(async db =>
    {
        var number = await db.Set<Connection>().SingleAsync(c => c.Id == world.Number);
        _ = isBroken ? number.Break("Refused.", world.Host.Clock.GetUtcNow()) : number.Mend(world.Host.Clock.GetUtcNow());
        return await db.SaveChangesAsync();
    });

    /// <summary>A number that nobody needs.</summary>
    public static Task<long> SpareNumberAsync(this TwoWorkspaces world) => world.Host.ReadAsync(async db =>
    {
        var first = await db.Set<Connection>().AsNoTracking().SingleAsync(c => c.Id == world.Number);
        var number = new Connection
        {
            WorkspaceId = first.WorkspaceId,
            MetaAppId = first.MetaAppId,
            Kind = first.Kind,
            WabaId = first.WabaId,
            PhoneNumberId = $"29{Interlocked.Increment(ref _spares):D13}",
            DisplayPhoneNumber = "+91 98000 00000",
            Name = "Spare",
            AccessToken = first.AccessToken,
        };
        db.Add(number);
        await db.SaveChangesAsync();
        return number.Id;
    });

    public static Task MoveBackAsync(this TwoWorkspaces world) => world.Host.Services.GetRequiredService<WefluxDatabase>().WriteForSystemAsync(
        async db =>
        {
            await db.Set<Workspace>().Where(w => w.Id == world.Owner.Workspace).ExecuteUpdateAsync(set => set.SetProperty(w => w.Slug, "demo"));
            await db.Set<FormerSlug>().AcrossWorkspaces().Where(s => s.Slug == "demo").ExecuteDeleteAsync();
        },
        CancellationToken.None);
}
