using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Weflux.Benchmarks.Crowd;

/// <summary>
/// Fills a workspace with conversations, one for each of as many customers, and ten messages in each, straight into the
/// SQLite file. The same seed makes the same rows. Every row is a copy of one that Weflux stored itself, with what must
/// differ replaced, so the generator needs to know no column that it does not vary. The triggers of the file keep the index of
/// words meanwhile, which takes about as long as the rows.
/// </summary>
/// <param name="connection">To the file, which nobody else has open.</param>
/// <param name="model">The workspace whose first rows are copied.</param>
/// <param name="workspace">The one that is filled.</param>
/// <param name="number">The connection of that workspace through which all customers write.</param>
internal sealed class Generator(SqliteConnection connection, long model, long workspace, long number)
{
    public const int MessagesEach = 10;

    /// <summary>So many conversations, the first ones, are the Agent's.</summary>
    public const int OfAgent = 100;

    /// <summary>It stands in one message of a million, the first of them in the tenth conversation.</summary>
    public const string RareWord = "saffron";
    public const string CommonWord = "order";
    private const int Slice = 50_000;

    // The change counters below this are those of the rows that are copied.
    private const int Taken = 1000;
    private const long TicksPerMinute = TimeSpan.TicksPerMinute;

    // Words of ten characters, so that one is found by its place.
    private const string Words = "order     tea       when      please    thank     tomorrow  deliver   price     house     green     black     lemon     ginger    table     Friday    morning   photo     address   invoice   return    sample    large     small     honey     again     parcel    friend    present   question  receipt   number    Sunday    ";
    private const string FirstNames = "Asha      Carlos    Maria     Tom       Fatima    John      Priya     Ravi      Meera     Lena      Yusuf     Chen      Olga      Amara     Diego     Hana      ";
    private const string LastNames = "Verma     Lima      Lozano    Becker    Khan      Smith     Nair      Iyer      Shah      Weber     Demir     Wei       Ivanova   Okafor    Gomez     Sato      ";

    /// <summary>Fills the workspace with so many conversations of the last two years and more, the newest first.</summary>
    /// <param name="conversations">How many.</param>
    /// <param name="now">The time of the newest one.</param>
    /// <param name="agent">Whose the first ones are.</param>
    /// <param name="others">Among whom the others are spread; a tenth is nobody's.</param>
    public async Task FillAsync(int conversations, DateTimeOffset now, long agent, IReadOnlyList<long> others)
    {
        var dropped = await TakeIndexesAsync();
        var (contact, conversation) = (await NextAsync("Contacts"), await NextAsync("Conversations"));
        var (last, minute) = (now.UtcTicks, TicksPerMinute.ToString(CultureInfo.InvariantCulture));
        await CopyAsync("Contacts", conversations, i => new(StringComparer.Ordinal)
        {
            ["Id"] = $"{contact} + {i}",
            ["ProfileName"] = $"{Pick(FirstNames, i, 1, 16)} || ' ' || {Pick(LastNames, i, 7, 16)} || ' ' || {i}",
            ["SortName"] = $"lower({Pick(FirstNames, i, 1, 16)} || ' ' || {Pick(LastNames, i, 7, 16)} || ' ' || {i})",
            ["PhoneDigits"] = $"'44' || (7000000000 + {i})",
            ["PhoneTail"] = "NULL",
            ["LastSeenAt"] = $"{last} - {i} * {minute}",
        });
        foreach (var (part, names) in new[] { (1, FirstNames), (7, LastNames) })
        {
            await CopyAsync("ContactWords", conversations, i => new(StringComparer.Ordinal)
            {
                ["Id"] = "NULL",
                ["ContactId"] = $"{contact} + {i}",
                ["Word"] = $"lower({Pick(names, i, part, 16)})",
            });
        }

        var spread = string.Join(' ', others.Select((id, nth) => $"WHEN {nth + 1} THEN {id}"));
        await CopyAsync("Conversations", conversations, i => new(StringComparer.Ordinal)
        {
            ["Id"] = $"{conversation} + {i}",
            ["ContactId"] = $"{contact} + {i}",
            ["State"] = $"CASE WHEN {i} % 10 < 7 THEN 3 WHEN {i} % 20 = 8 THEN 2 ELSE 1 END",
            ["SnoozedUntil"] = $"CASE WHEN {i} % 20 = 8 THEN {last} + {i} * {minute} END",
            ["AssigneeId"] = $"CASE WHEN {i} <= {OfAgent} THEN {agent} ELSE CASE {i} % 10 WHEN 9 THEN NULL ELSE CASE 1 + {i} % {others.Count} {spread} END END END",
            ["NeedsReply"] = $"({Waits(i)})",
            ["WaitingSince"] = $"CASE WHEN {Waits(i)} THEN {last} - {i} * {minute} - 90 * {TimeSpan.TicksPerSecond} END",
            ["LastActivityAt"] = $"{last} - {i} * {minute}",
            ["LastCustomerActAt"] = $"{last} - {i} * {minute}",
            ["LastSequence"] = $"{Taken + ((long)MessagesEach * conversations)} - {i}",
            ["LastWhatsAppId"] = $"'wamid.crowd.{MessagesEach}.' || {i}",
            ["LastLine"] = Sentence(i, MessagesEach),
            ["Version"] = "1",
        });
        for (var nth = 1; nth <= MessagesEach; nth++)
        {
            await TalkAsync(nth, conversations, conversation, last);
        }

        await RunAsync($"""UPDATE "WorkspaceCounters" SET "Sequence" = {Taken + ((long)MessagesEach * conversations)} WHERE "WorkspaceId" = {workspace};""");
        foreach (var sql in dropped)
        {
            await RunAsync(sql);
        }

        await Console.Error.WriteLineAsync($"   {conversations:N0} conversations, {(long)MessagesEach * conversations:N0} messages; indexes made again");
    }

    /// <summary>One message of every conversation. Those of one conversation lie as far apart in the file as they would in life.</summary>
    private Task TalkAsync(int nth, int conversations, long conversation, long last)
    {
        var isOurs = nth % 2 == 0;
        return CopyAsync("Messages", conversations, i => new(StringComparer.Ordinal)
        {
            ["Id"] = "NULL",
            ["ConversationId"] = $"{conversation} + {i}",
            ["Direction"] = isOurs ? "2" : "1",
            ["Origin"] = isOurs ? "1" : "0",
            ["Status"] = isOurs ? "4" : "0",
            ["Content"] = $$"""'{"kind":"text","body":"' || {{Sentence(i, nth)}} || '","previewUrl":false}'""",
            ["SearchText"] = Sentence(i, nth),
            ["WhatsAppId"] = $"'wamid.crowd.{nth}.' || {i}",
            ["Sequence"] = $"{Taken + ((long)nth * conversations)} - {i}",
            ["ChangeSequence"] = $"{Taken + ((long)nth * conversations)} - {i}",
            ["SaidAt"] = $"{last} - {i} * {TicksPerMinute} - {(MessagesEach - nth) * 90L * TimeSpan.TicksPerSecond}",
            ["ReceivedAt"] = $"{last} - {i} * {TicksPerMinute} - {(MessagesEach - nth) * 90L * TimeSpan.TicksPerSecond}",
        });
    }

    private static string Waits(string i) => $"{i} % 10 >= 7 AND {i} % 20 <> 8 AND {i} % 3 = 0";

    private static string Sentence(string i, int nth) =>
        $"{Pick(Words, i, 3 + nth, 32)} || ' ' || {Pick(Words, i, 11 * nth, 32)} || ' ' || {Pick(Words, $"({i} / 32)", 5 + nth, 32)} || ' ' || {Pick(Words, $"({i} / 1024)", 13, 32)}"
        + (nth == 5 ? $" || CASE WHEN {i} % 100000 = 10 THEN ' {RareWord}' ELSE '' END" : "");

    private static string Pick(string words, string i, int step, int count) =>
        $"trim(substr('{words}', 1 + 10 * (({i} * {(2 * step) + 1} + {step}) % {count}), 10))";

    /// <summary>Copies one row of a table so many times, with other values in some columns, a slice at once.</summary>
    private async Task CopyAsync(string table, int count, Func<string, Dictionary<string, string>> change)
    {
        var changed = change("n.i");
        changed["WorkspaceId"] = workspace.ToString(CultureInfo.InvariantCulture);
        changed["ConnectionId"] = number.ToString(CultureInfo.InvariantCulture);
        var columns = await ColumnsAsync(table);
        var values = columns.Select(c => changed.GetValueOrDefault(c, $"t.\"{c}\""));
        for (var from = 1; from <= count; from += Slice)
        {
            await RunAsync($"""
                WITH RECURSIVE n(i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM n WHERE i < {Math.Min(from + Slice - 1, count)})
                INSERT INTO "{table}" ({string.Join(", ", columns.Select(c => $"\"{c}\""))})
                SELECT {string.Join(", ", values)} FROM n, (SELECT * FROM "{table}" WHERE "WorkspaceId" = {model} ORDER BY rowid LIMIT 1) t;
                """);
        }
    }

    /// <summary>Drops what is faster made anew than kept, and says how to make it.</summary>
    private async Task<List<string>> TakeIndexesAsync()
    {
        var indexes = new List<(string Name, string Sql)>();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('Messages', 'Conversations', 'Contacts', 'ContactWords')";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                indexes.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        foreach (var (name, _) in indexes)
        {
            await RunAsync($"""DROP INDEX "{name}";""");
        }

        return indexes.ConvertAll(i => i.Sql);
    }

    private async Task<List<string>> ColumnsAsync(string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await reader.ReadAsync())
        {
            columns.Add(reader.GetString(0));
        }

        return columns;
    }

    private async Task<long> NextAsync(string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COALESCE(MAX(\"Id\"), 0) FROM \"{table}\"";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private async Task RunAsync(string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
