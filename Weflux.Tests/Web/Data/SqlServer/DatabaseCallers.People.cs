using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Account.Passwords;
using Weflux.Web.Account.Sessions;
using Weflux.Web.Audit;
using Weflux.Web.Billing;
using Weflux.Web.Mail;
using Weflux.Web.Operations;
using Weflux.Web.Security;
using Weflux.Web.Team;
using Weflux.Web.Team.Deletion;
using Weflux.Web.Team.Invitations;
using Weflux.Web.Team.Members;
using Weflux.Web.Team.Settings;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    private static readonly UpperInvariantLookupNormalizer Normalizer = new();
    private static readonly string Token = new('a', 43);

    private static IEnumerable<DatabaseCaller> People()
    {
        yield return Of<PeopleQuery>("all", async s =>
        {
            s.Rows.With("AssigneeId", 1L);
            (await new PeopleQuery(s.Database, s.Time).GetAsync(s.Admin)).Should().NotBeNull();
        });
        yield return Of<MemberEdits>("ChangeRole, refused", s => Members(s, (audit, access) => new ChangeRole(Edits(s, audit, access)).ExecuteAsync(s.Admin, s.Admin.User, Role.Agent), RosterAnswer.Yourself));
        yield return Of<MemberEdits>("ChangeRole, a role", s => Members(s, (audit, access) => new ChangeRole(Edits(s, audit, access)).ExecuteAsync(Stand.Actor(PretendServer.Workspace, new UserId(2), Role.Admin), s.Admin.User, Role.Agent), RosterAnswer.NotAllowed));
        yield return Of<MemberEdits>("DeactivateMember, refused", s => Members(s, (audit, access) =>
            new DeactivateMember(Edits(s, audit, access)).ExecuteAsync(s.Admin, s.Admin.User, null), RosterAnswer.Yourself));
        yield return Of<MemberEdits>("ReactivateMember, refused", s => Members(s, (audit, access) =>
            new ReactivateMember(Edits(s, audit, access)).ExecuteAsync(s.Admin, s.Admin.User), RosterAnswer.Yourself));
        yield return Of<MemberEdits>("RemoveMember, refused", s => Members(s, (audit, access) =>
            new RemoveMember(Edits(s, audit, access)).ExecuteAsync(s.Admin, s.Admin.User, null), RosterAnswer.Yourself));
        yield return Of<MemberEdits>("LeaveWorkspace, last and not last", async s =>
        {
            await Members(s, (audit, access) => new LeaveWorkspace(Edits(s, audit, access)).ExecuteAsync(s.Admin), RosterAnswer.LastAdmin);
            await s.Database.WriteAsync(PretendServer.Workspace, db => Places.HandOverAsync(db, new UserId(1), new UserId(2), Stand.Noon, Never), Never);
            await s.Database.WriteAsync(PretendServer.Workspace, db => Places.RevokeInvitationsAsync(db, new UserId(1), s.Time.GetUtcNow(), Never), Never);
        });
        yield return Of<LastSeen>("a round", async s =>
        {
            using var seen = new LastSeen(s.Database, s.Time, NullLogger<LastSeen>.Instance);
            seen.Note(s.Admin);
            await seen.WriteAsync(Never);
        });
        foreach (var caller in Invitations())
        {
            yield return caller;
        }
    }

    private static IEnumerable<DatabaseCaller> Invitations()
    {
        yield return Of<InviteMember>("with and without an address", async s =>
        {
            s.Rows.With("IsActive", true).With("Role", (int)Role.Admin);
            var invite = new InviteMember(s.Database, Stand.Protector, s.Audit, s.Mails, Address, Normalizer, s.Time);
            (await invite.ExecuteAsync(s.Admin, null, Role.Agent)).Outcome.Should().Be(InviteOutcome.Invited);
            s.Rows.Rows(0, "[NormalizedEmail] =");
            (await invite.ExecuteAsync(s.Admin, "new@example.com", Role.Agent)).Outcome.Should().Be(InviteOutcome.Invited);
        });
        yield return Of<RevokeInvitation>("one", s => new RevokeInvitation(s.Database, s.Audit, s.Time).ExecuteAsync(s.Admin, 1));
        yield return Of<ShowInvitationLink>("one that is over", s => new ShowInvitationLink(s.Database, Stand.Protector, s.Audit, Address, s.Time).ExecuteAsync(s.Admin, 1));
        yield return Of<InvitationQuery>("for a person", async s =>
            (await new InvitationQuery(s.Database, Normalizer, s.Time).FindAsync(Token, new UserId(1))).Should().NotBeNull());
        yield return Of<AcceptInvitation>("an open one", async s =>
        {
            using var access = new AccessWatch(s.Database, s.Time, NullLogger<AccessWatch>.Instance);
            s.Rows.With("ExpiresAt", Stand.Noon.AddDays(1));
            var result = await new AcceptInvitation(s.Database, s.Audit, access, Normalizer, s.Time).ExecuteAsync(new UserId(1), Token, null);
            result.Outcome.Should().Be(AcceptOutcome.Joined);
        });
        yield return Of<AcceptAsNewPerson>("an open one", async s =>
        {
            using var limits = new SignInLimits();
            using var access = new AccessWatch(s.Database, s.Time, NullLogger<AccessWatch>.Instance);
            s.Rows.With("ExpiresAt", Stand.Noon.AddDays(1));
            var (result, faults) = await Newcomers(s, access, limits, s.Mails).ExecuteAsync(Token, "Somebody", "new@example.com", "a long password", null);
            faults.Should().BeEmpty();
            result.Outcome.Should().BeOneOf(AcceptOutcome.Joined, AcceptOutcome.EmailTaken);
        });
        yield return Of<AcceptAsNewPerson>("by mail", async s =>
        {
            using var limits = new SignInLimits();
            using var access = new AccessWatch(s.Database, s.Time, NullLogger<AccessWatch>.Instance);
            var mails = new MailQueue(Stand.Protector, s.Time, Microsoft.Extensions.Options.Options.Create(new MailOptions { Host = "127.0.0.1", From = "a@b.test" }));
            mails.IsConfigured.Should().BeTrue();
            s.Rows.With("ExpiresAt", Stand.Noon.AddDays(1)).With("Token", Stand.Protector.ProtectText(Token, "any")).With("", 0);
            var (result, _) = await Newcomers(s, access, limits, mails).ExecuteAsync(Token, "Somebody", "new@example.com", "", null);
            result.Outcome.Should().Be(AcceptOutcome.SeeMail);
        });
    }

    private static AcceptAsNewPerson Newcomers(PretendServer s, AccessWatch access, SignInLimits limits, MailQueue mails)
    {
        var links = new AccountLinks(s.Database, Stand.Protector, s.Time);
        var texts = new AccountMails(Address);
        var hasher = new BcryptPasswordHasher(Microsoft.Extensions.Options.Options.Create(new PasswordHashOptions { Cost = 10 }));
        return new AcceptAsNewPerson(
            s.Database,
            new AcceptInvitation(s.Database, s.Audit, access, Normalizer, s.Time),
            new InvitationQuery(s.Database, Normalizer, s.Time),
            new SetPassword(hasher, new SessionBook(s.Database, access, s.Time), links, mails, texts, s.Time),
            Normalizer,
            limits,
            links,
            mails,
            texts);
    }

    private static IEnumerable<DatabaseCaller> Settings()
    {
        yield return Of<WorkspaceSettingsQuery>("all", async s => (await new WorkspaceSettingsQuery(s.Database).GetAsync(s.Admin)).Should().NotBeNull());
        yield return Of<WorkspaceEdits>("one for all", s => Edit(s, edits => new DemandTwoFactor(edits).ExecuteAsync(s.Admin, isDemanded: false)));
        yield return Of<ChangeSlug>("look and change", s => Edit(s, async edits =>
        {
            var change = new ChangeSlug(edits, s.Database, s.Time);
            (await change.LookAsync(s.Admin, "new-address")).Outcome.Should().Be(SlugOutcome.Saved);
            (await change.ExecuteAsync(s.Admin, "new-address")).Outcome.Should().Be(SlugOutcome.Saved);
        }));
        yield return Of<WorkspaceEdits>("deletion", s => Edit(s, async edits =>
        {
            await new AskForDeletion(edits, s.Mails, Address, s.Time).ExecuteAsync(s.Admin, "Name");
            await new KeepWorkspace(edits).ExecuteAsync(s.Admin);
        }));
        yield return Of<WorkspaceEraser>("one", async s =>
        {
            using var access = new AccessWatch(s.Database, s.Time, NullLogger<AccessWatch>.Instance);
            using var eraser = new WorkspaceEraser(s.Database, s.Mails, access, Stand.Files(), s.Time, NullLogger<WorkspaceEraser>.Instance);
            s.Rows.With("Counts", "{}").With("FormerMembers", "[1]");
            await eraser.EraseDueAsync(Never);
            s.Connection.Commands.Should().Contain(c => c.Sql.Contains("DELETE TOP", StringComparison.Ordinal));
        });
        yield return Of<ErasedWorkspaces>("one", s =>
        {
            s.Rows.With("Counts", "{}").With("FormerMembers", "[1]");
            return new ErasedWorkspaces(s.Database).FindAsync(new UserId(1), "demo");
        });
        yield return Of<ExportWorkspace>("a ticket", async s =>
            (await new ExportWorkspace(s.Database, s.Audit, new EphemeralDataProtectionProvider(), s.Time).ExecuteAsync(s.Admin, "Why")).Outcome.Should().Be(ExportOutcome.Ready));
        yield return Of<WorkspaceExport>("all", async s =>
        {
            s.Rows.With("Details", """{"salt":"","actor":"","subject":""}""");
            using var file = new MemoryStream();
            await new WorkspaceExport(s.Database, Stand.Files(), [], s.Time).WriteAsync(s.Admin, file);
            file.Length.Should().BePositive();
        });
        yield return Of<BillingQuery>("all", async s =>
            (await new BillingQuery(s.Database, Microsoft.Extensions.Options.Options.Create(new BillingOptions())).GetAsync(s.Admin)).Should().NotBeNull());
        yield return Of<SaveBillingDetails>("new and again", async s =>
        {
            var save = new SaveBillingDetails(s.Database, s.Audit);
            (await save.ExecuteAsync(s.Admin, new BillingInput { CompanyName = "Chai" })).Outcome.Should().Be(BillingOutcome.Saved);
            s.Rows.Rows(0, "FROM [BillingDetails]");
            (await save.ExecuteAsync(s.Admin, new BillingInput { CompanyName = "Chai" })).Outcome.Should().Be(BillingOutcome.Saved);
        });
    }

    private static IEnumerable<DatabaseCaller> Audits()
    {
        const string details = """{"salt":"","actor":"Somebody","subject":"Sana"}""";
        yield return Of<AuditQuery>("with every filter", async s =>
        {
            s.Rows.With("Details", details);
            var query = new AuditQuery(s.Database);
            var filter = new AuditFilter(new UserId(1), AuditActions.RoleChanged, Stand.Noon, Stand.Noon, "100% [sure]_");
            (await query.GetAsync(s.Admin, filter, 5)).Should().NotBeNull();
            (await query.GetAsync(s.Admin, new AuditFilter(), null)).Should().NotBeNull();
            await query.PeopleAsync(s.Admin);
        });
        yield return Of<AuditCheck>("a walk", async s =>
        {
            s.Rows.With("Details", details);
            (await new AuditCheck(s.Database, PretendServer.Seals, s.Audit).ExecuteAsync(s.Admin)).Should().NotBeNull();
        });
        yield return Of<AuditExport>("a file", async s =>
        {
            s.Rows.With("Details", details);
            using var file = new MemoryStream();
            await (await new AuditExport(s.Database, s.Audit).ExecuteAsync(s.Admin, new AuditFilter(), AuditFormat.Csv))!(file, Never);
        });
        yield return new DatabaseCaller(TypeNamed("Weflux.Web.Audit.VerifyAuditCommand"), "all", async s =>
        {
            s.Rows.With("Details", details);
            await new VerifyAuditCommand(s.Database, new AuditCheck(s.Database, PretendServer.Seals, s.Audit)).RunAsync([], TextWriter.Null, Never);
        });
    }

    private static PublicAddress Address => new(
        Microsoft.Extensions.Options.Options.Create(new AddressOptions()), new ConfigurationBuilder().Build());

    private static async Task Members(PretendServer s, Func<AuditLog, AccessWatch, Task<RosterAnswer>> act, RosterAnswer answer)
    {
        s.Rows.With("IsActive", true).With("Role", (int)Role.Admin);
        using var access = new AccessWatch(s.Database, s.Time, NullLogger<AccessWatch>.Instance);
        (await act(s.Audit, access)).Should().Be(answer);
    }

    private static async Task Edit(PretendServer s, Func<WorkspaceEdits, Task> act)
    {
        using var access = new AccessWatch(s.Database, s.Time, NullLogger<AccessWatch>.Instance);
        s.Rows.With("IsActive", true).With("Role", (int)Role.Admin);
        await act(new WorkspaceEdits(s.Database, s.Audit, access));
    }

    private static MemberEdits Edits(PretendServer s, AuditLog audit, AccessWatch access) => new(s.Database, audit, access, Stand.Broadcaster(), s.Time);
}
