using System.Diagnostics;
using System.Globalization;
using Weflux.Benchmarks.Crowd;
using Weflux.Benchmarks.Measuring;
using Weflux.Domain.Team;
using Weflux.Web.AddressBook;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Search;
using Weflux.Web.Inbox.Views;

namespace Weflux.Benchmarks.Measures;

/// <summary>
/// What the screens ask, of a workspace with a million conversations and ten million messages: beside the same question
/// to ten thousand conversations (flat is the goal), and beside SQL written by hand for the same answer.
/// </summary>
internal static class Inbox
{
    private const int Small = 10_000;
    private const int Large = 1_000_000;
    private const int PageSize = 25;

    // Flat is the goal: what grows a hundredfold may cost three times as much.
    private const double Flat = 3;
    private const double BesideSql = 2;

    public static async Task RunAsync(Report report, Settings settings, string folder)
    {
        var started = Stopwatch.GetTimestamp();
        var few = await Business.OpenAsync(folder, Small);
        var many = await Business.OpenAsync(folder, settings.Only ?? Large);
        report.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"Made {many.Conversations:N0} conversations in {Stopwatch.GetElapsedTime(started).TotalMinutes:F1} minutes; the file has {new FileInfo(many.File).Length / 1024.0 / 1024 / 1024:F1} GiB."));
        await using var small = await Desk.OpenAsync(few);
        await using var large = await Desk.OpenAsync(many);
        foreach (var question in Desk.Questions)
        {
            var (ours, flat, sql) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = -1; round < settings.Rounds; round++)
            {
                // Before the first round counts, code is compiled and pages are read.
                var counts = round >= 0;
                await AskAsync(() => question.Ours(large), settings.Time / 3, counts ? ours : []);
                await AskAsync(() => question.Ours(small), settings.Time / 3, counts ? flat : []);
                await AskAsync(() => question.Sql(large), settings.Time / 3, counts ? sql : []);
            }

            foreach (var list in (List<double>[])[ours, flat, sql])
            {
                list.Sort();
            }

            foreach (var (name, share) in new[] { ("p50", 0.5), ("p99", 0.99) })
            {
                var value = Figures.Percentile(ours, share);
                report.Add(new Line($"{question.Name}, {name}, beside {Small:N0}", "ms", value, Figures.Percentile(flat, share), Flat, IsAtMost: true));
                report.Add(new Line($"{question.Name}, {name}, beside SQL", "ms", value, Figures.Percentile(sql, share), BesideSql, IsAtMost: true));
            }
        }
    }

    private static async Task AskAsync(Func<Task> ask, TimeSpan time, List<double> into)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            var asked = Stopwatch.GetTimestamp();
            await ask();
            into.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }
    }

    /// <param name="Name">What a person sees.</param>
    /// <param name="Ours">As Weflux asks it.</param>
    /// <param name="Sql">By hand.</param>
    private sealed record Question(string Name, Func<Desk, Task> Ours, Func<Desk, Task> Sql);

    /// <summary>Somebody who works in a business: asks at places that differ each time, the same ones in each run.</summary>
    private sealed class Desk : IAsyncDisposable
    {
        private readonly Business _business;
        private readonly ByHand _hand;
        private readonly ConversationListQuery _list;
        private readonly ViewCountsQuery _counts;
        private readonly ThreadQuery _thread;
        private readonly ContactListQuery _contacts;
        private readonly SearchQuery _search;
        private readonly List<ConversationRow> _places = [];
        private readonly List<ContactRow> _people = [];
        private int _turn;

        private Desk(Business business, ByHand hand)
        {
            (_business, _hand) = (business, hand);
            var rows = new SharedRows(business.Database);
            _list = new ConversationListQuery(business.Database, rows, TimeProvider.System);
            _counts = new ViewCountsQuery(business.Database, TimeProvider.System);
            _thread = new ThreadQuery(business.Database, TimeProvider.System);
            _contacts = new ContactListQuery(business.Database);
            _search = new SearchQuery(business.Database, TimeProvider.System);
        }

        public static IReadOnlyList<Question> Questions { get; } =
        [
            new("first page of the list", d => d.ListAsync(d.Manager, null), d => d.HandListAsync(null, null)),
            new("first page of an Agent who sees 100", d => d.ListAsync(d.Agent, null), d => d.HandListAsync(d.Agent.User.Value, null)),
            new("a page further down", d => d.ListAsync(d.Manager, d.Place()), d => d.HandListAsync(null, d.Place())),
            new("all counts", d => d._counts.GetAsync(d.Manager), d => d.HandCountsAsync(d.Manager, null)),
            new("all counts of an Agent who sees 100", d => d._counts.GetAsync(d.Agent), d => d.HandCountsAsync(d.Agent, d.Agent.User.Value)),
            new("a thread opened", d => d._thread.GetAsync(d.Manager, d.Place().Id), d => d._hand.ThreadAsync(d.Manager.User.Value, d.Place().Id)),
            new(
                "older messages",
                d => d._thread.OlderAsync(d.Manager, d.Place().Id, new ThreadCursor(d.Place(0).LastActivityAt, long.MaxValue)),
                d => d._hand.OlderAsync(d.Place().Id, d.Place(0).LastActivityAt.UtcTicks)),
            new("first page of contacts", d => d._contacts.GetAsync(d.Manager, new ContactWish()), d => d._hand.ContactsAsync("")),
            new(
                "contacts further down",
                d => d._contacts.GetAsync(d.Manager, new ContactWish { After = d.Person().Id }),
                d => d._hand.ContactsAsync(d.Person().Name.ToLowerInvariant())),
            new("search for a common word", d => d.SearchAsync(d.Manager, Generator.CommonWord), d => d._hand.SearchAsync(null, Generator.CommonWord)),
            new("search for a rare word", d => d.SearchAsync(d.Manager, Generator.RareWord), d => d._hand.SearchAsync(null, Generator.RareWord)),
            new(
                "search of an Agent who sees 100",
                d => d.SearchAsync(d.Agent, Generator.CommonWord),
                d => d._hand.SearchAsync(d.Agent.User.Value, Generator.CommonWord)),
        ];

        private Actor Manager => _business.Manager;

        private Actor Agent => _business.Agent;

        public static async Task<Desk> OpenAsync(Business business)
        {
            var desk = new Desk(business, await ByHand.OpenAsync(business.File, business.Manager.Workspace.Value));
            var page = await desk._list.GetAsync(business.Manager, InboxView.Newest, null, PageDirection.After, PageSize);
            var people = await desk._contacts.GetAsync(business.Manager, new ContactWish());
            for (var i = 0; i < 100 && page.HasMore; i++)
            {
                desk._places.AddRange(page.Rows);
                page = await desk._list.GetAsync(business.Manager, InboxView.Newest, page.Rows[^1].Place, PageDirection.After, PageSize);
                desk._people.AddRange(people!.Rows);
                people = await desk._contacts.GetAsync(business.Manager, new ContactWish { After = people.After });
            }

            return desk._places.Count > 0 ? desk : throw new InvalidOperationException("The list is empty: the generator made nothing.");
        }

        public ValueTask DisposeAsync() => _hand.DisposeAsync();

        private ConversationRow Place(int step = 1) => _places[(int)((uint)(_turn += step) * 2654435761u % (uint)_places.Count)];

        private ContactRow Person() => _people[(int)((uint)++_turn * 2654435761u % (uint)_people.Count)];

        private Task<ConversationPage> ListAsync(Actor actor, ConversationRow? from) =>
            _list.GetAsync(actor, InboxView.Newest, from?.Place, PageDirection.After, PageSize);

        private async Task SearchAsync(Actor actor, string word)
        {
            // A question that finds nothing would be fast for the wrong reason.
            if ((await _search.FindAsync(actor, new SearchWish { Text = word }))?.Messages?.Hits.Count is null or 0)
            {
                throw new InvalidOperationException($"Nobody wrote '{word}': the generator did not fill the index.");
            }
        }

        private Task<int> HandListAsync(long? holder, ConversationRow? from) =>
            _hand.ListAsync(holder ?? Manager.User.Value, holder, from?.LastActivityAt.UtcTicks ?? long.MaxValue);

        private Task<int> HandCountsAsync(Actor actor, long? holder)
        {
            var now = TimeProvider.System.GetUtcNow();
            return _hand.CountsAsync(actor.User.Value, holder, now.AddHours(-22).UtcTicks, now.AddHours(-24).UtcTicks);
        }
    }
}
