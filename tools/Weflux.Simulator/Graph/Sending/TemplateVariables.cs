using System.Text.Json;
using System.Text.RegularExpressions;

namespace Weflux.Simulator.Graph.Sending;

/// <summary>Puts values into the variables of one template component.</summary>
internal static partial class TemplateVariables
{
    public static GraphError? Fill(string component, string text, IReadOnlyList<JsonElement> given, bool named, out string filled)
    {
        filled = text;
        var names = Variable().Matches(text).Select(match => match.Groups["name"].Value).Distinct().ToList();
        if (given.Count != names.Count)
        {
            return WrongCount(component, given.Count, names.Count);
        }

        var values = new Dictionary<string, string>();
        for (var position = 0; position < given.Count; position++)
        {
            var name = given[position].Text("parameter_name");
            if (Check(component, given[position], named, names, name) is { } wrong)
            {
                return wrong;
            }

            values[named ? name! : names[position]] = given[position].Text("text")!;
        }

        filled = Variable().Replace(text, match => values.GetValueOrDefault(match.Groups["name"].Value, match.Value));
        return values.Count == names.Count ? null : WrongFormat($"{component}: the same parameter_name is given twice");
    }

    public static GraphError WrongCount(string component, int given, int expected) => new(
        132000,
        "(#132000) Number of parameters does not match the expected number of params",
        $"{component}: number of localizable_params ({given}) does not match the expected number of params ({expected})");

    private static GraphError? Check(string component, JsonElement parameter, bool named, List<string> names, string? name)
    {
        if (parameter.Text("type") is not ("text" or "currency" or "date_time"))
        {
            return WrongFormat($"{component}: Format mismatch, expected TEXT, received {parameter.Text("type")?.ToUpperInvariant() ?? "UNKNOWN"}");
        }

        if (named && (name is null || !names.Contains(name)))
        {
            return WrongFormat($"{component}: Parameter name is missing or empty, or does not exist in the template");
        }

        if (!named && name is not null)
        {
            return WrongFormat($"{component}: the template has positional parameters, so parameter_name is not allowed");
        }

        var value = parameter.Text("text");
        if (string.IsNullOrEmpty(value))
        {
            return GraphError.Missing("Parameter of type text is missing text value");
        }

        return Unprintable().IsMatch(value)
            ? new GraphError(132018, "(#132018) Template parameter is not valid", "Param text cannot have new-line/tab characters or more than 4 consecutive spaces")
            : null;
    }

    private static GraphError WrongFormat(string details) =>
        new(132012, "(#132012) Parameter format does not match format in the created template", details);

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"[\r\n\t]| {5,}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unprintable();
}
