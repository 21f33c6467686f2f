namespace Weflux.Web.Inbox.Together;

/// <summary>What colleagues do with a conversation, in words.</summary>
public static class TogetherWords
{
    /// <summary>Those who write if anybody does, else those who look; empty if nobody is there.</summary>
    public static string Say(IReadOnlyList<TogetherView> there)
    {
        ArgumentNullException.ThrowIfNull(there);
        var writing = there.Where(t => t.IsWriting).Select(t => t.Colleague.Name).ToList();
        return writing.Count > 0 ? $"{Names(writing)} writing…" : there.Count > 0 ? $"{Names([.. there.Select(t => t.Colleague.Name)])} looking" : "";
    }

    private static string Names(List<string> names) => names switch
    {
        [var one] => $"{one} is",
        [var one, var other] => $"{one} and {other} are",
        [var one, .. var rest] => $"{one} and {rest.Count} others are",
        _ => "",
    };
}
